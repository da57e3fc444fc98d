package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.KRaftNode;
import io.longtake.client.Cursor;
import io.longtake.client.Delivery;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueSetting;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.platform.PlatformSettings.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The process that plays all roles dies on a Kafka of its own kind; another one takes all of them over. */
@Timeout(600)
@ParameterizedClass
@EnumSource(names = {"SHARE", "GROUP"})
class TakenOverIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** Kafka's own session limits, which every cluster has by default: a member that was killed is missed after 45 s. */
    private static final Map<String, String> DEFAULT_LIMITS = Map.ofEntries(
            Map.entry("group.share.min.session.timeout.ms", "45000"),
            Map.entry("group.share.session.timeout.ms", "45000"),
            Map.entry("group.share.min.heartbeat.interval.ms", "5000"),
            Map.entry("group.share.heartbeat.interval.ms", "5000"),
            Map.entry("group.streams.min.session.timeout.ms", "45000"),
            Map.entry("group.streams.session.timeout.ms", "45000"),
            Map.entry("group.streams.min.heartbeat.interval.ms", "5000"),
            Map.entry("group.streams.heartbeat.interval.ms", "5000"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "3000"));

    private static final PlatformSettings SETTINGS = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");

    @Parameter
    private QueueSetting queue;

    @TempDir
    private Path data;

    @Test
    void one_that_joins_right_after_the_other_died_is_not_ready_before_it_has_taken_over() throws Exception {
        try (KRaftNode node = KRaftNode.start(data.resolve("broker"), 0, DEFAULT_LIMITS)) {
            KafkaConnection kafka = KafkaConnection.to(node.bootstrapServers());
            ChildProcess first = ChildProcess.platform(data, "first", kafka, queue);
            awaitAllAtWork(kafka);
            try (LongtakeClient client = LongtakeClient.create(kafka)) {
                PromptEvent event =
                        ReceivedVideo.prompt("a drive", 6, 3).setCodec("raw").build();
                client.send(new Prompt(event));
                try (Cursor<VideoEvent> events =
                        client.video(event.getVideoId()).events().open()) {
                    awaitStitched(events);
                    first.kill();
                    try (Platform second =
                            Platform.joined(kafka, new DataDirectory(data.resolve("second")), SETTINGS.queue(queue))) {
                        assertThat(second.ready())
                                .as("it says so: " + second.describe())
                                .isFalse();
                        long killed = System.nanoTime();
                        awaitStitched(events);
                        awaitStitched(events);
                        System.out.printf(Locale.ROOT, "taken over after %.1f s%n", (System.nanoTime() - killed) / 1e9);
                        until("it is ready", second::ready);
                        assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
                    }
                }
            } finally {
                first.kill();
            }
        }
    }

    @Test
    void one_that_only_came_with_a_prompt_takes_over_what_nobody_plays_any_more() throws Exception {
        try (KRaftNode node = KRaftNode.start(data.resolve("broker"), 0)) {
            KafkaConnection kafka = KafkaConnection.to(node.bootstrapServers());
            ChildProcess first = ChildProcess.platform(data, "first", kafka, queue);
            awaitAllAtWork(kafka);
            try (LongtakeClient client = LongtakeClient.create(kafka);
                    Platform second = Platform.joined(
                            kafka,
                            new DataDirectory(data.resolve("second")),
                            SETTINGS.queue(queue).part(Part.SUBSTITUTE))) {
                assertThat(second.describe())
                        .filteredOn(role -> !role.startsWith("models")) // every process tells which it has
                        .hasSize(3)
                        .allMatch(role -> role.contains("in another process"));
                PromptEvent event =
                        ReceivedVideo.prompt("a drive", 5, 3).setCodec("raw").build();
                client.send(new Prompt(event));
                ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.STITCHED);

                first.kill();

                assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
                assertThat(second.describe()).noneMatch(role -> role.contains("in another process"));
            } finally {
                first.kill();
            }
        }
    }

    private void awaitAllAtWork(KafkaConnection kafka) {
        try (Groups groups = Groups.of(kafka, GroupProtocols.of(kafka, queue), SETTINGS.stages())) {
            until("all roles are played", () -> {
                RoleCall present = RoleCall.of(groups);
                return present.stable().size() == 2 && present.stages().size() == ToyModel.STAGES.size();
            });
        }
    }

    private static void awaitStitched(Cursor<VideoEvent> events) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            Optional<Delivery<VideoEvent>> event = events.poll(Duration.ofMillis(200));
            if (event.isPresent() && event.get().item().getKind() == VideoEventKind.STITCHED) {
                return;
            }
            assertThat(System.nanoTime()).as("no segment within " + DEADLINE).isLessThan(end);
        }
    }

    static void until(String what, Callable<Boolean> condition) {
        Waiting.until(what, DEADLINE, condition);
    }
}
