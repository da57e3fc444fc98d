package io.longtake.platform;

import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.ToyModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What was asked for and what was done, as the topics tell it: nothing of it may come twice.
 *
 * @param tasks that were sent
 * @param results of tasks that were done
 * @param frames chunks of frame batches
 * @param stitched segments that went into a video
 * @param events of videos
 */
record DoneWork(
        List<Task> tasks, List<Task> results, List<String> frames, List<String> stitched, List<VideoEvent> events) {

    /** A stage of a segment of a video. */
    record Task(String videoId, String stage, int segment) {}

    private static final Set<Topic> SILENT =
            Set.of(Topic.PROMPTS, Topic.LATENTS, Topic.SEGMENTS, Topic.DEAD_LETTERS, Topic.MODELS);

    /** All that is committed now. */
    static DoneWork on(KafkaConnection kafka) {
        DoneWork done = new DoneWork(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", "read_committed"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Topic.all(ToyModel.STAGES).stream()
                    .filter(topic -> !SILENT.contains(topic))
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> done.add(Wire.decode(record.value())));
            }
        }
        return done;
    }

    private void add(SpecificRecordBase record) {
        if (record instanceof StageTask task) {
            tasks.add(new Task(task.getVideoId(), task.getStage(), task.getSegment()));
        } else if (record instanceof StageResult result && result.getOutcome() == Outcome.DONE) {
            results.add(new Task(result.getVideoId(), result.getStage(), result.getSegment()));
        } else if (record instanceof FrameChunk chunk) {
            frames.add(chunk.getVideoId() + " " + chunk.getSegment() + " " + chunk.getChunk());
        } else if (record instanceof SegmentStitched segment) {
            stitched.add(segment.getVideoId() + " " + segment.getSegment());
        } else if (record instanceof VideoEvent event) {
            events.add(event);
        }
    }

    /** Only what concerns one video. */
    DoneWork of(String videoId) {
        return new DoneWork(
                tasks.stream().filter(task -> task.videoId().equals(videoId)).toList(),
                results.stream().filter(task -> task.videoId().equals(videoId)).toList(),
                frames.stream().filter(chunk -> chunk.startsWith(videoId)).toList(),
                stitched.stream().filter(segment -> segment.startsWith(videoId)).toList(),
                events.stream()
                        .filter(event -> event.getVideoId().equals(videoId))
                        .toList());
    }

    /** Tasks without a result. */
    List<Task> open() {
        List<Task> open = new ArrayList<>(tasks);
        results.forEach(open::remove);
        return open;
    }

    List<VideoEventKind> kinds() {
        return events.stream().map(VideoEvent::getKind).toList();
    }
}
