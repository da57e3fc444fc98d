package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose worker has other models than the machine on which somebody orders. */
class PlatformModelsCommandIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private Path workspace;

    private KRaftNode node;
    private KafkaConnection kafka;
    private Platform worker;

    @BeforeEach
    void start() {
        node = KRaftNode.start(workspace.resolve("broker"), 0);
        kafka = KafkaConnection.to(node.bootstrapServers());
        worker = Platform.worker(
                kafka,
                new DataDirectory(workspace.resolve("worker")),
                PlatformSettings.of(new ModelRepository(List.of(ToyModel.ROOT)), "OnnxRuntime"),
                new WorkerSettings("worker", Set.of("decode"), 2));
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!worker.ready()) {
            assertThat(System.nanoTime()).as("the worker is ready").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @AfterEach
    void stop() {
        worker.close();
        node.close();
    }

    @Test
    void a_model_that_only_the_platform_has_is_ordered() throws Exception {
        Command.Outcome outcome = prompt("toy");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        PromptEvent sent = sent();
        assertThat(sent.getVideoId()).isEqualTo(outcome.out().trim());
        assertThat(sent.getModel()).isEqualTo("toy");
    }

    @Test
    void a_model_that_only_this_machine_has_is_unknown_and_those_of_the_platform_are_told() throws Exception {
        Command.Outcome outcome = prompt("drive");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("--model drive is unknown: expected one of [tiny, toy, toy-five, toy-paced, toy-reuse]");
    }

    private Command.Outcome prompt(String model) throws Exception {
        return new Command(workspace)
                .run(
                        "prompt",
                        "a drive",
                        "--seconds",
                        "1",
                        "--model",
                        model,
                        "--bootstrap-servers",
                        kafka.bootstrapServers(),
                        "--data-dir",
                        workspace.resolve("client").toString());
    }

    private PromptEvent sent() {
        try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("auto.offset.reset", "earliest")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> prompts = List.of(new TopicPartition(Topic.PROMPTS.topicName(), 0));
            consumer.assign(prompts);
            consumer.seekToBeginning(prompts);
            return Wire.decode(consumer.poll(DEADLINE).iterator().next().value(), PromptEvent.class);
        }
    }
}
