package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.FragmentChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.payload.FragmentRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A video's file, fragment by fragment. Holds one fragment. */
final class FileReading implements Reading<Fragment> {

    private final String videoId;
    private final TopicRecords records;
    private final FragmentOrder order;
    private final List<FragmentChunk> chunks = new ArrayList<>();
    private boolean done;

    FileReading(KafkaConnection kafka, String videoId, Start start, Refusals refusals) {
        this.videoId = videoId;
        this.records = new TopicRecords(kafka, videoId, Topic.SEGMENTS, start, refusals);
        this.order = new FragmentOrder(videoId, start.next());
        this.done = start.isEnd();
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public Optional<Delivery<Fragment>> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!done) {
            Optional<Stored> next = records.poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().record() instanceof FragmentChunk chunk && order.admits(chunk)) {
                if (chunk.getChunk() == 0) {
                    chunks.clear(); // another copy begins
                }
                chunks.add(chunk);
                if (chunk.getChunk() == chunk.getChunkCount() - 1) {
                    return Optional.of(delivery(next.get().offset() + 1));
                }
            }
        }
        return Optional.empty();
    }

    private Delivery<Fragment> delivery(long behind) {
        FragmentChunk first = chunks.get(0);
        Fragment fragment = new Fragment(
                first.getFragment(),
                first.getFirstFrame(),
                first.getFrameCount(),
                first.getContainer(),
                first.getLast(),
                FragmentRecords.join(chunks));
        chunks.clear();
        done = fragment.last();
        return new Delivery<>(
                fragment,
                new Position(
                        Topic.SEGMENTS,
                        videoId,
                        fragment.fragment() + 1,
                        fragment.firstFrame() + fragment.frameCount(),
                        behind,
                        records.news(),
                        done));
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public long skipped() {
        return records.skipped();
    }

    @Override
    public void wakeup() {
        records.wakeup();
    }

    @Override
    public void close() {
        records.close();
    }
}
