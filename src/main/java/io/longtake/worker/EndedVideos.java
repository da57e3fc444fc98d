package io.longtake.worker;

import io.longtake.event.LastingFault;
import io.longtake.event.Readers;
import io.longtake.event.Reason;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import io.longtake.event.VideoId;
import io.longtake.event.Wire;
import io.longtake.meter.OddRecords;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for videos that were cancelled or have failed, so that their tasks are skipped and a running one stops at its
 * next denoising step. Remembers the last {@value #REMEMBERED}; a task of an older one is merely done in vain. One that was
 * refused may be sent again, corrected, and be accepted: then it has not ended.
 *
 * <p>Whatever passes only makes it listen anew, from the beginning. Until it has heard all that it heard before, what it
 * knew is what counts: half a story would have videos ended that were accepted afterwards.
 */
final class EndedVideos implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EndedVideos.class);
    private static final int REMEMBERED = 10_000;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** A consumer is silent if there is nothing to hear, and if nobody is there. So Kafka is asked now and then. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration DEAF = Duration.ofSeconds(15);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final OddRecords odd;
    private final Pause pause = new Pause();
    private final Thread listener = new Thread(this::listen, "longtake-ended-videos");

    private volatile Set<String> ended = remembering();
    private volatile Consumer<String, byte[]> consumer;
    private volatile long heard = System.nanoTime();
    private volatile String failure;

    private EndedVideos(Supplier<Consumer<String, byte[]>> consumers, OddRecords odd) {
        this.consumers = consumers;
        this.odd = odd;
        this.listener.setDaemon(true);
    }

    /** @param consumers makes them, for committed records */
    static EndedVideos listen(Supplier<Consumer<String, byte[]>> consumers, OddRecords odd) {
        EndedVideos videos = new EndedVideos(consumers, odd);
        videos.listener.start();
        return videos;
    }

    private static Set<String> remembering() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        }));
    }

    boolean contains(String videoId) {
        return ended.contains(videoId);
    }

    /** Whether Kafka has answered it lately. */
    boolean listens() {
        return failure == null && System.nanoTime() - heard < DEAF.toNanos();
    }

    /** Why it listens no longer; empty while it does or may again. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void listen() {
        try {
            while (!pause.hasEnded()) {
                listenOnce();
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failure = "it hears no longer which videos have ended: " + e;
            LOG.error("{}", failure, e);
        }
    }

    private void listenOnce() throws InterruptedException {
        try (Closing open = new Closing(consumers.get())) {
            consumer = open.consumer();
            follow(open.consumer());
        } catch (WakeupException e) {
            // closed
        } catch (KafkaException | IllegalStateException e) {
            if (e instanceof InterruptException || LastingFault.isIn(e)) {
                throw e;
            }
            if (pause.isNewFault()) {
                LOG.warn("does not hear which videos end, and listens again: {}", e.toString());
            }
            pause.take();
        }
    }

    /** Closes in bounded time, whatever happened. */
    private record Closing(Consumer<String, byte[]> consumer) implements AutoCloseable {
        @Override
        public void close() {
            Readers.close(consumer);
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.VIDEOS.topicName(), ANSWER).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = ends(consumer, partitions);
        Set<String> story = remembering();
        while (!pause.hasEnded()) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                hear(record, story);
                heard = System.nanoTime();
            }
            if (ended != story
                    && ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue())) {
                ended = story;
            }
            if (System.nanoTime() - heard > SILENCE.toNanos()) {
                ends(consumer, partitions);
            }
        }
    }

    private Map<TopicPartition, Long> ends(Consumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        heard = System.nanoTime();
        return ends;
    }

    private void hear(ConsumerRecord<String, byte[]> record, Set<String> story) {
        try {
            VideoEvent event = VideoEvents.check(Wire.decode(record.value(), VideoEvent.class));
            if (!VideoId.isOne(event.getVideoId())) {
                throw new UnreadableRecordException(
                        "VideoEvent, video_id: " + VideoId.EXPECTED + ", got " + event.getVideoId());
            }
            switch (event.getKind()) {
                case CANCELLED, FAILED -> story.add(event.getVideoId());
                case ACCEPTED -> story.remove(event.getVideoId());
                default -> {}
            }
        } catch (RuntimeException e) {
            odd.skipped(record.topic(), record.partition(), record.offset(), Reason.of(e));
        }
    }

    @Override
    public void close() {
        pause.end();
        Consumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            listener.join(GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
