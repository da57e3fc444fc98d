package io.longtake.platform;

import static io.longtake.platform.RecordedPlatform.FINISHED;
import static io.longtake.platform.RecordedPlatform.IN_FLIGHT;
import static io.longtake.platform.RecordedPlatform.NOVEMBER_2026;
import static io.longtake.platform.RecordedPlatform.SETTINGS;
import static io.longtake.platform.RecordedPlatform.WATCHED;
import static io.longtake.platform.TakenOverIT.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.RecordDecoder;
import io.longtake.event.VideoEventKind;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A version whose director and stitcher have other topologies is rolled out while videos are in flight, and rolled back. */
@Timeout(600)
class ChangedTopologyIT {

    /** In the recorded directory. */
    private static final String STORES = "state";

    @TempDir
    private Path directory;

    private KRaftNode node;
    private KafkaConnection kafka;
    private DoneWork before;

    @BeforeEach
    void start() {
        NOVEMBER_2026.unpack(directory, Instant.now());
        node = KRaftNode.start(new DataDirectory(directory).broker(), 0);
        kafka = KafkaConnection.to(node.bootstrapServers());
        WorkerGroups.ensure(kafka, SETTINGS.stages());
        before = DoneWork.on(kafka);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void old_and_new_side_by_side_then_new_alone_then_old_again_make_every_video_once() throws Exception {
        ChildProcess old = ChildProcess.pod(directory, STORES, kafka);
        try (LongtakeClient client = LongtakeClient.create(kafka)) {
            ReceivedVideo.await(client, FINISHED.id(), VideoEventKind.FINISHED);
            awaitAtWork();
            PromptEvent begunSince = RecordedPlatform.anew(IN_FLIGHT);
            client.send(new Prompt(begunSince));
            try (Pod changed = Pod.changed(kafka, directory.resolve("new"))) {
                until("the new one stands by, and the roll goes on", () -> changed.standsBy() && changed.ready());
                try (PlayedRole worker = worker()) {
                    awaitSegments(2);
                    assertThat(changed.standsBy()).as("the old one makes them").isTrue();
                    old.kill();
                    long killed = System.nanoTime();
                    awaitSegments(2);
                    System.out.printf(
                            Locale.ROOT,
                            "taken over by the new one after %.1f s%n",
                            (System.nanoTime() - killed) / 1e9);
                    assertThat(changed.standsBy()).as("the new one makes them").isFalse();
                }
                try (Pod again = Pod.today(kafka, directory.resolve(STORES))) {
                    until("the old one stands by", () -> again.standsBy() && again.ready());
                    try (PlayedRole worker = worker()) {
                        awaitSegments(1);
                        assertThat(again.standsBy())
                                .as("the new one makes them")
                                .isTrue();
                        changed.close();
                        long closed = System.nanoTime();
                        awaitSegments(1);
                        System.out.printf(
                                Locale.ROOT, "and by the old one after %.1f s%n", (System.nanoTime() - closed) / 1e9);
                        for (String video : List.of(IN_FLIGHT.id(), WATCHED.id(), begunSince.getVideoId())) {
                            ReceivedVideo.await(client, video, VideoEventKind.FINISHED);
                        }
                        RecordedPlatform.assertSamePictures(
                                client,
                                ReceivedVideo.receive(client, IN_FLIGHT.event()),
                                ReceivedVideo.receive(client, begunSince));
                    }
                    RecordedPlatform.assertWentOn(before, DoneWork.on(kafka));
                    assertThat(again.failures()).isEmpty();
                }
            }
        } finally {
            old.kill();
        }
    }

    /** Its model is warm: a first task that loads it on a busy machine can outlast its lease, and is done twice then. */
    private PlayedRole worker() {
        WorkerSettings settings = new WorkerSettings("worker", SETTINGS.stages(), 2);
        Worker played = Worker.start(
                settings,
                kafka,
                SETTINGS.models(SETTINGS.stages(), 1),
                new SimpleMeterRegistry(),
                RecordDecoder.ours());
        return new PlayedRole("worker", played::ready, played::failure, played::close);
    }

    private void awaitAtWork() {
        try (Groups groups = Groups.of(kafka, GroupProtocols.LATEST, SETTINGS.stages())) {
            until("the old one is at work", () -> RoleCall.of(groups).stable().size() == 2);
        }
    }

    /** More than there are now, of all videos together. */
    private void awaitSegments(int more) {
        int enough = segments() + more;
        until(more + " segments more", () -> segments() >= enough);
    }

    private int segments() {
        return DoneWork.on(kafka).stitched().size();
    }
}
