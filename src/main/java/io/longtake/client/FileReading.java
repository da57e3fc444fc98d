package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.FilmFragment;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.payload.FilmFragments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A film's file, fragment by fragment. Holds one fragment. */
final class FileReading implements Reading<FilmPiece> {

    private final String videoId;
    private final FilmRecords records;
    private final FragmentOrder order;
    private final List<FilmFragment> chunks = new ArrayList<>();
    private boolean done;

    FileReading(KafkaConnection kafka, String videoId, Start start, Refusals refusals) {
        this.videoId = videoId;
        this.records = new FilmRecords(kafka, videoId, Topic.SEGMENTS, start, refusals);
        this.order = new FragmentOrder(videoId, start.next());
        this.done = start.isEnd();
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public Optional<Delivery<FilmPiece>> poll(Duration timeout) {
        long giveUp = System.nanoTime() + timeout.toNanos();
        while (!done) {
            Optional<Stored> next = records.poll(Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().record() instanceof FilmFragment chunk && order.admits(chunk)) {
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

    private Delivery<FilmPiece> delivery(long behind) {
        FilmFragment first = chunks.get(0);
        FilmPiece piece = new FilmPiece(
                first.getFragment(),
                first.getFirstFrame(),
                first.getFrameCount(),
                first.getContainer(),
                first.getLast(),
                FilmFragments.join(chunks));
        chunks.clear();
        done = piece.last();
        return new Delivery<>(
                piece,
                new Position(
                        Topic.SEGMENTS,
                        videoId,
                        piece.fragment() + 1,
                        piece.firstFrame() + piece.frameCount(),
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
