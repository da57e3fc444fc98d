package io.longtake.client;

import io.longtake.payload.FrameBatch;
import io.longtake.video.FrameDecoder;
import java.time.Duration;
import java.util.Optional;

/** A video's frames as pixels. */
final class DecodedReading implements Reading<DecodedBatch> {

    private final Reading<FrameBatch> coded;

    DecodedReading(Reading<FrameBatch> coded) {
        this.coded = coded;
    }

    @Override
    public void start() {
        coded.start();
    }

    @Override
    public Optional<Delivery<DecodedBatch>> poll(Duration timeout) {
        return coded.poll(timeout).map(batch -> new Delivery<>(decoded(batch.item()), batch.position()));
    }

    private static DecodedBatch decoded(FrameBatch batch) {
        try {
            return new DecodedBatch(
                    batch.segment(),
                    batch.firstFrame(),
                    batch.last(),
                    batch.encoded().frameRate(),
                    FrameDecoder.decode(batch.encoded()));
        } catch (LinkageError e) {
            throw new DecoderMissingException(batch.encoded().codec(), e);
        }
    }

    @Override
    public boolean isDone() {
        return coded.isDone();
    }

    @Override
    public long skipped() {
        return coded.skipped();
    }

    @Override
    public void wakeup() {
        coded.wakeup();
    }

    @Override
    public void close() {
        coded.close();
    }
}
