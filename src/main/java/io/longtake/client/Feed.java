package io.longtake.client;

import io.longtake.event.Topic;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * A video's items of one kind, in order and each once, to be read any number of times: by pulling ({@link #open}) or pushed
 * to a subscriber ({@link #subscribe}). Every reading has a connection to Kafka of its own, and none slows another.
 *
 * <p>It is a publisher in the sense of Reactive Streams: a subscription has one daemon thread, which reads Kafka only as
 * far as was requested, and buffers nothing beyond what a {@link Cursor} does. Its errors, which {@code Cursor} lists, come
 * to {@code onError}; its connection is closed before {@code onError} and {@code onComplete}, and soon after a cancellation.
 */
public final class Feed<T> implements Flow.Publisher<Delivery<T>> {

    private final Topic topic;
    private final String videoId;
    private final Start start;
    private final Function<Start, Reading<T>> source;

    Feed(Topic topic, String videoId, Start start, Function<Start, Reading<T>> source) {
        this.topic = topic;
        this.videoId = videoId;
        this.start = start;
        this.source = source;
    }

    /**
     * This feed, read from a time on. Frames and files begin at the video's beginning: give a time before it, and readers need
     * not pass over the videos that were made earlier.
     */
    public Feed<T> since(Instant time) {
        return new Feed<>(topic, videoId, new Start.Since(time), source);
    }

    /**
     * This feed, from behind an item that another reading has delivered.
     *
     * @throws IllegalArgumentException if the position is of another video or of another kind of feed
     */
    public Feed<T> from(Position position) {
        if (position.topic() != topic || !position.videoId().equals(videoId)) {
            throw new IllegalArgumentException(
                    "position: expected one of " + topic.topicName() + " of video " + videoId + ", got " + position);
        }
        return new Feed<>(topic, videoId, new Start.Behind(position), source);
    }

    /**
     * Begins to read; what is said from now on will be heard. Close what it returns.
     *
     * @throws IllegalArgumentException if the feed goes on from a position that this Kafka never reached
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer within 30 s
     */
    public Cursor<T> open() {
        Reading<T> reading = source.apply(start);
        try {
            reading.start();
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
        return new Cursor<>(reading);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Delivery<T>> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Reading<T> reading;
        try {
            reading = source.apply(start);
        } catch (RuntimeException unreachable) { // such as an address that no longer resolves
            refuse(subscriber, unreachable);
            return;
        }
        new FeedSubscription<>(subscriber, reading).begin(topic.topicName() + "-" + videoId);
    }

    /** Every subscriber gets a subscription first, also one that there is nothing to read for (Reactive Streams, rule 1.9). */
    private static void refuse(Flow.Subscriber<?> subscriber, RuntimeException why) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long items) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(why);
    }
}
