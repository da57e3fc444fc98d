package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.KRaftNode;
import io.longtake.director.DirectorTopology;
import io.longtake.event.Checksum;
import io.longtake.event.DeadLetter;
import io.longtake.event.ElementType;
import io.longtake.event.FragmentChunk;
import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.NewerRecords;
import io.longtake.event.Outcome;
import io.longtake.event.ParkedRecord;
import io.longtake.event.Partitioning;
import io.longtake.event.PayloadChunk;
import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueProtocol;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Replication;
import io.longtake.event.Scene;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.TopicsAdmin;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.payload.FrameBatch;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.worker.Models;
import io.longtake.worker.WorkerSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is newer than director, stitcher and worker waits for their upgrade on a real broker: the others go on, and afterwards it is
 * taken up once, whoever starts how often.
 */
class ParkingIT {

    private static final int PARTITIONS = 2;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Topic KEYFRAMES = Topic.ofTasks("keyframes");
    private static final RecordDecoder BEFORE = RecordDecoder.ours();
    private static final RecordDecoder AFTER = NewerRecords.decoder(
            PromptEvent.getClassSchema(),
            FrameChunk.getClassSchema(),
            StageTask.getClassSchema(),
            PayloadChunk.getClassSchema());

    @TempDir
    private Path data;

    private final String newer = UUID.randomUUID().toString();
    private final String plain = UUID.randomUUID().toString();
    private QueueProtocol queue = QueueProtocol.SHARE;
    private KRaftNode node;
    private KafkaConnection kafka;
    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void start() {
        node = KRaftNode.start(data.resolve("broker"), 0);
        kafka = KafkaConnection.to(node.bootstrapServers());
        new TopicsAdmin(ToyModel.STAGES, PARTITIONS, Replication.of(1), Duration.ofSeconds(30)).ensure(kafka);
        WorkerGroups.ensure(kafka, ToyModel.STAGES);
        producer = new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        node.close();
    }

    @Test
    void a_prompt_that_is_newer_than_the_director_is_made_after_its_upgrade() {
        nonsenseIsParked();
        try (Role director = roles("before", BEFORE).director()) {
            send(Topic.PROMPTS, newer, NewerRecords.encode(prompt(newer)));
            send(Topic.PROMPTS, plain, Wire.encode(prompt(plain)));

            await(Topic.VIDEOS, plain, VideoEvent.class, 1);
            assertParked("director", Topic.PROMPTS);
            assertThat(director.failure()).isEmpty();
        }
        assertThat(all(Topic.VIDEOS, newer)).isEmpty();

        try (Role director = roles("after", AFTER).director()) {
            List<VideoEvent> events = await(Topic.VIDEOS, newer, VideoEvent.class, 1);

            assertThat(events).extracting(VideoEvent::getKind).containsExactly(VideoEventKind.ACCEPTED);
            assertThat(director.failure()).isEmpty();
        }
        try (Role director = roles("again", AFTER).director()) {
            // one more start: what was taken up is not taken up again
            String third = UUID.randomUUID().toString();
            send(Topic.PROMPTS, third, Wire.encode(prompt(third)));
            await(Topic.VIDEOS, third, VideoEvent.class, 1);
            awaitNobodyTakesUp();
        }
        assertTakenUpOnce(Topic.PROMPTS, 1);
        assertThat(all(Topic.VIDEOS, newer)).hasSize(1);
    }

    @Test
    void frames_that_are_newer_than_the_stitcher_are_in_the_video_after_its_upgrade() {
        try (Role stitcher = roles("before", BEFORE).stitcher()) {
            send(Topic.FRAMES, newer, NewerRecords.encode(frames(newer)));
            send(Topic.FRAMES, plain, Wire.encode(frames(plain)));

            await(Topic.SEGMENTS, plain, FragmentChunk.class, 2);
            assertParked("stitcher", Topic.FRAMES);
            assertThat(stitcher.failure()).isEmpty();
        }
        assertThat(all(Topic.SEGMENTS, newer)).isEmpty();

        try (Role stitcher = roles("after", AFTER).stitcher()) {
            List<FragmentChunk> fragments = await(Topic.SEGMENTS, newer, FragmentChunk.class, 2);

            assertThat(fragments).extracting(FragmentChunk::getFragment).containsExactly(0, 1);
            assertThat(stitcher.failure()).isEmpty();
        }
        assertTakenUpOnce(Topic.FRAMES, 1);
        assertThat(all(Topic.SEGMENTS, newer)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHARE", "CONSUMER"})
    void a_task_that_is_newer_than_the_workers_is_done_once_by_those_that_start_after_the_upgrade(QueueProtocol tasks) {
        queue = tasks;
        WorkerSettings settings = new WorkerSettings("worker", Set.of("keyframes"), 2);
        Models models =
                (model, digest) -> new Models.Ready((input, cancellation) -> StageOutputs.of(Tensor.filled(1, 1)), 24);
        try (Role worker = roles("before", BEFORE).worker(settings, models)) {
            send(KEYFRAMES, newer, NewerRecords.encode(task(newer)));
            send(KEYFRAMES, plain, Wire.encode(task(plain)));

            await(Topic.RESULTS, plain, StageResult.class, 1);
            assertParked("worker", KEYFRAMES);
            // this task can be read, but not the payload that it needs
            send(KEYFRAMES, newer, Wire.encode(task(newer, Map.of("context", payload(newer)))));
            until(
                    "both to be parked",
                    () -> parked("worker/longtake.tasks.keyframes/").size() == 2);
            until("the task to be done with", this::nothingIsWaitedFor);
            assertThat(worker.failure()).isEmpty();
        }
        assertThat(all(Topic.RESULTS, newer)).isEmpty();

        try (Role one = roles("one", AFTER).worker(settings, models);
                Role other = roles("other", AFTER).worker(settings, models)) {
            List<StageResult> results = await(Topic.RESULTS, newer, StageResult.class, 2);

            assertThat(results).extracting(StageResult::getOutcome).containsExactly(Outcome.DONE, Outcome.DONE);
            awaitNobodyTakesUp();
            until("the task to be done with", this::nothingIsWaitedFor);
            assertThat(one.failure()).isEmpty();
            assertThat(other.failure()).isEmpty();
        }
        assertTakenUpOnce(KEYFRAMES, 2);
        assertThat(all(Topic.RESULTS, newer)).hasSize(2);
    }

    /** Kafka refuses a member whose topology is not the group's; what a topology sends to is no part of that. */
    @Test
    void a_group_that_was_begun_before_there_was_parking_goes_on() {
        Deserializer<String> key = new StringDeserializer();
        Deserializer<byte[]> value = new ByteArrayDeserializer();
        Topology before = new Topology()
                .addSource(AutoOffsetReset.earliest(), "prompts", key, value, Topic.PROMPTS.topicName())
                .addSource(AutoOffsetReset.earliest(), "results", key, value, Topic.RESULTS.topicName())
                .addProcessor("director", Idle::new, "prompts", "results")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore("videos"), Serdes.String(), Serdes.ByteArray())
                                .withCachingDisabled(),
                        "director");
        try (Role begun = StreamsRole.start(
                DirectorTopology.APPLICATION_ID, () -> before, kafka, GroupProtocols.LATEST, data.resolve("begun"))) {
            until("the group to be there", begun::ready);
            try (Role director = roles("after", AFTER).director()) {
                until("another member to be in it", director::ready);
                begun.close();
                send(Topic.PROMPTS, plain, Wire.encode(prompt(plain)));

                await(Topic.VIDEOS, plain, VideoEvent.class, 1);
                assertThat(director.failure()).isEmpty();
            }
        }
    }

    /** Does nothing about a record. */
    private static final class Idle implements Processor<Object, Object, Void, Void> {
        @Override
        public void process(Record<Object, Object> record) {}
    }

    private RoleStarter roles(String state, RecordDecoder decoder) {
        PlatformSettings settings = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");
        return new RoleStarter(
                kafka,
                new GroupProtocols(queue, true),
                new Partitioning(PARTITIONS),
                settings,
                new InstalledModels(settings.models()),
                data.resolve(state),
                decoder);
    }

    /** Anybody may write there. */
    private void nonsenseIsParked() {
        String place = "director/longtake.prompts/0/4711000";
        send(Topic.PARKED, place, "no record of yours".getBytes(StandardCharsets.UTF_8));
        send(Topic.PARKED, place + "/", Wire.encode(prompt(plain)));
    }

    /** Once, at its first delivery, and nothing is said against it. */
    private void assertParked(String reader, Topic topic) {
        String place = reader + "/" + topic.topicName() + "/";
        until("one to be parked", () -> parked(place).size() == 1);
        ParkedRecord parked = Wire.decode(parked(place).get(0).value(), ParkedRecord.class);
        assertThat(parked.getKey()).isEqualTo(newer);
        assertThat(parked.getPartition()).isEqualTo(parked(place).get(0).partition());
        assertThat(all(Topic.DEAD_LETTERS, null))
                .extracting(
                        record -> Wire.decode(record.value(), DeadLetter.class).getReason())
                .isEmpty();
    }

    private List<ConsumerRecord<String, byte[]>> parked(String place) {
        return all(Topic.PARKED, null).stream()
                .filter(record -> record.key().matches(place + "\\d+/\\d{1,3}"))
                .toList();
    }

    /** As they were, in their partition and their order, and with tombstones behind them. */
    private void assertTakenUpOnce(Topic topic, int count) {
        List<ConsumerRecord<String, byte[]>> sent = all(topic, newer);
        assertThat(sent).hasSize(2 * count);
        for (int i = 0; i < count; i++) {
            ConsumerRecord<String, byte[]> first = sent.get(i);
            ConsumerRecord<String, byte[]> again = sent.get(count + i);
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(again.partition()).isEqualTo(first.partition());
            assertThat(again.timestamp()).isEqualTo(first.timestamp());
            assertThat(again.headers()).isEqualTo(first.headers());
        }
        assertThat(parked("[a-z]+/" + topic.topicName() + "/"))
                .extracting(record -> record.value() == null)
                .hasSize(2 * count)
                .filteredOn(isTombstone -> isTombstone)
                .hasSize(count);
        assertThat(all(Topic.DEAD_LETTERS, null)).isEmpty();
    }

    private static void awaitNobodyTakesUp() {
        until("all to be taken up", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("longtake-taking-up")));
    }

    /** Whether the group holds, and waits for, no task: each was accepted, at its first delivery. */
    private boolean nothingIsWaitedFor() {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            if (queue.isConsumerGroup()) {
                return nothingIsLeft(admin);
            }
            Map<TopicPartition, SharePartitionOffsetInfo> offsets = admin.listShareGroupOffsets(
                            Map.of(WorkerSettings.shareGroup("keyframes"), new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(WorkerSettings.shareGroup("keyframes"))
                    .get();
            return offsets.values().stream()
                    .allMatch(partition ->
                            partition == null || partition.lag().orElse(0L) == 0); // none: nothing was there
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** But the mark at the end of a transaction. */
    private static boolean nothingIsLeft(Admin admin) {
        String group = WorkerSettings.consumerGroup("keyframes");
        TopicPartition partition = new TopicPartition(KEYFRAMES.topicName(), 0);
        OffsetAndMetadata position = KafkaAnswer.of(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(partition);
        long end = KafkaAnswer.of(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition))
                .offset();
        return position != null
                && position.offset() >= end - 1
                && position.metadata().isEmpty();
    }

    private static PromptEvent prompt(String videoId) {
        return ReceivedVideo.prompt("a drive", 0.5, 1).setVideoId(videoId).build();
    }

    private static FrameChunk frames(String videoId) {
        byte[] packets = new byte[4 * 2 * 3];
        EncodedBatch encoded = new EncodedBatch(Codec.RAW, 4, 2, 24, new byte[0], new int[] {packets.length}, packets);
        return new FrameBatch(videoId, 0, 0, true, encoded).toChunks().get(0);
    }

    private PayloadRef payload(String videoId) {
        byte[] data = new byte[4];
        long crc = Checksum.of(data);
        PayloadChunk chunk = new PayloadChunk("p", videoId, 0, 1, crc, ByteBuffer.wrap(data));
        RecordMetadata lies = send(Topic.LATENTS, videoId, NewerRecords.encode(chunk));
        return new PayloadRef(
                "p", lies.topic(), lies.partition(), lies.offset(), 1, 4L, crc, ElementType.F32, List.of(1));
    }

    private static StageTask task(String videoId) {
        return task(videoId, Map.of());
    }

    private static StageTask task(String videoId, Map<String, PayloadRef> inputs) {
        return StageTask.newBuilder()
                .setVideoId(videoId)
                .setStage("keyframes")
                .setSegment(0)
                .setModel("any")
                .setModelDigest("any")
                .setScene(Scene.newBuilder()
                        .setPrompt("a drive")
                        .setSeed(1)
                        .setGuidance(1.0)
                        .setSteps(1)
                        .build())
                .setCodec("h264")
                .setFirstFrame(0)
                .setFrameCount(24)
                .setLast(false)
                .setPublish(false)
                .setInputs(inputs)
                .setOutputs(List.of(InputSource.OUT))
                .build();
    }

    private RecordMetadata send(Topic topic, String key, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), key, value);
        record.headers().add("a", new byte[] {1}).add("a", new byte[] {2});
        try {
            return producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private <T extends SpecificRecordBase> List<T> await(Topic topic, String key, Class<T> kind, int count) {
        until(count + " records of " + topic, () -> all(topic, key).size() >= count);
        return all(topic, key).stream()
                .map(record -> Wire.decode(record.value(), kind))
                .toList();
    }

    /** @param key null: whatever it is */
    private List<ConsumerRecord<String, byte[]>> all(Topic topic, String key) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
        Predicate<ConsumerRecord<String, byte[]>> wanted = record -> key == null || key.equals(record.key());
        return records.stream().filter(wanted).toList();
    }

    private static void until(String what, Callable<Boolean> condition) {
        Waiting.until(what, DEADLINE, condition);
    }
}
