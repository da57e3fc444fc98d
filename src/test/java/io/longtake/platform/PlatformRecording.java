package io.longtake.platform;

import static io.longtake.platform.RecordedPlatform.CANCELLED;
import static io.longtake.platform.RecordedPlatform.FINISHED;
import static io.longtake.platform.RecordedPlatform.IN_FLIGHT;
import static io.longtake.platform.RecordedPlatform.WATCHED;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.ToyModel;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes a {@link RecordedPlatform} with this version, so that a later one can be tried on it: {@code PlatformRecording file}. The one
 * of November 2026 was made after {@code mvn test-compile} by
 *
 * <pre>
 * mvn dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp target/classes:target/test-classes:$(cat target/classpath) \
 *     io.longtake.platform.PlatformRecording src/test/resources/recorded/platform-2026-11.zip
 * </pre>
 */
public final class PlatformRecording {

    private static final String LEAD_SECONDS = "4";
    private static final long SETTLED_SECONDS = 2;

    private PlatformRecording() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("longtake.pacing.lead-seconds", LEAD_SECONDS);
        Path directory = Files.createTempDirectory("longtake-recording");
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        ScheduledExecutorService viewer = Executors.newSingleThreadScheduledExecutor();
        try (Platform platform = Platform.embedded(data, 0, RecordedPlatform.SETTINGS.stages(Set.of()));
                LongtakeClient client = LongtakeClient.create(platform.kafka());
                KafkaProducer<String, byte[]> playheads = new KafkaProducer<>(
                        platform.kafka().with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            KafkaConnection kafka = platform.kafka();
            try (Platform worker = worker(kafka, directory)) {
                ReceivedVideo.order(client, FINISHED.event());
                client.send(CANCELLED);
                ReceivedVideo.await(client, CANCELLED.id(), VideoEventKind.STITCHED);
                client.video(CANCELLED.id()).cancel("seen enough");
                ReceivedVideo.await(client, CANCELLED.id(), VideoEventKind.CANCELLED);
                viewer.scheduleAtFixedRate(() -> watch(playheads), 0, 1, TimeUnit.SECONDS);
                client.send(WATCHED);
                await(kafka, WATCHED, now -> now.stitched().size() >= 2);
                settled(kafka, WATCHED);
            }
            client.send(IN_FLIGHT);
            int stitched = 4;
            do {
                try (Platform worker = worker(kafka, directory)) {
                    int enough = stitched;
                    await(kafka, IN_FLIGHT, now -> now.stitched().size() >= enough);
                }
                stitched++;
            } while (stages(settled(kafka, IN_FLIGHT)) < 3);
            System.out.println(
                    "in flight: " + DoneWork.on(kafka).of(IN_FLIGHT.id()).open());
            System.out.println("watched: " + DoneWork.on(kafka).of(WATCHED.id()).stitched());
        } finally {
            viewer.shutdownNow();
        }
        new RecordedPlatform(Path.of(args[0])).pack(data.path());
    }

    private static Platform worker(KafkaConnection kafka, Path directory) {
        return Platform.worker(
                kafka,
                new DataDirectory(directory.resolve("worker")),
                RecordedPlatform.SETTINGS,
                new WorkerSettings("worker", ToyModel.STAGES, 2));
    }

    private static void watch(KafkaProducer<String, byte[]> playheads) {
        PlayheadEvent resting = new PlayheadEvent(WATCHED.id(), "server-that-was", 1, 0L, false, Instant.now());
        playheads.send(new ProducerRecord<>(Topic.PROMPTS.topicName(), WATCHED.id(), Wire.encode(resting)));
    }

    private static void await(KafkaConnection kafka, Prompt video, Predicate<DoneWork> condition)
            throws InterruptedException {
        while (!condition.test(DoneWork.on(kafka).of(video.id()))) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Once nothing happens to it any more. */
    private static DoneWork settled(KafkaConnection kafka, Prompt video) throws InterruptedException {
        DoneWork before = DoneWork.on(kafka).of(video.id());
        while (true) {
            TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
            DoneWork now = DoneWork.on(kafka).of(video.id());
            if (now.equals(before)) {
                return now;
            }
            before = now;
        }
    }

    private static int stages(DoneWork done) {
        return done.open().stream()
                .map(DoneWork.Task::stage)
                .collect(Collectors.toSet())
                .size();
    }
}
