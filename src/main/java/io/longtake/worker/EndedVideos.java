package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.Wire;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Listens for films that were cancelled or have failed, so that their tasks are skipped and a running one stops at its
 * next denoising step. Remembers the last {@value #REMEMBERED}; a task of an older one is merely done in vain.
 */
final class EndedVideos implements AutoCloseable {

    private static final int REMEMBERED = 10_000;

    private final Set<String> ended = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));
    private final Consumer<String, byte[]> consumer;
    private final Thread listener;

    private EndedVideos(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
        this.listener = new Thread(this::listen, "longtake-ended-videos");
        this.listener.setDaemon(true);
    }

    static EndedVideos listen(KafkaConnection kafka) {
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", "read_committed"));
        EndedVideos videos =
                new EndedVideos(new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
        videos.listener.start();
        return videos;
    }

    boolean contains(String videoId) {
        return ended.contains(videoId);
    }

    private void listen() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.VIDEOS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(5))) {
                    hear(record);
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        try {
            VideoEvent event = Wire.decode(record.value(), VideoEvent.class);
            switch (event.getKind()) {
                case CANCELLED, FAILED -> ended.add(event.getVideoId());
                default -> {}
            }
        } catch (UnreadableRecordException e) {
            // not a video event: of no concern here
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
