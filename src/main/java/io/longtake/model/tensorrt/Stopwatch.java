package io.longtake.model.tensorrt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleConsumer;

/** Tells how long calls took on the device, once it has done them. Nobody waits for that but the one who closes. */
final class Stopwatch implements AutoCloseable {

    /** If the device lags so far behind, times are left out rather than waited for. */
    private static final int PENDING = 16;

    private final Lane lane;
    private final DoubleConsumer listener;
    private final Deque<Lap> pending = new ArrayDeque<>();

    /** @param listener told of milliseconds; null: nothing is timed */
    Stopwatch(Lane lane, DoubleConsumer listener) {
        this.lane = lane;
        this.listener = listener;
    }

    void time(Cuda.Stream stream, Runnable work) {
        if (listener == null) {
            work.run();
            return;
        }
        tell(false);
        if (pending.size() >= PENDING) {
            work.run();
            return;
        }
        Lap lap = Lap.open(lane.cuda(), stream.device());
        try {
            lane.cuda().record(lap.from, stream);
            work.run();
            lane.cuda().record(lap.to, stream);
            pending.add(lap);
        } catch (RuntimeException e) {
            throw new Closer().add(() -> lap.close(lane.cuda())).closeAfter(e);
        }
    }

    private void tell(boolean all) {
        while (!pending.isEmpty() && (all || lane.cuda().isDone(pending.peek().to))) {
            Lap lap = pending.poll();
            double milliseconds;
            try {
                milliseconds = lane.cuda().milliseconds(lap.from, lap.to);
            } finally {
                lap.close(lane.cuda());
            }
            listener.accept(milliseconds);
        }
    }

    /** The lane's work must be done. */
    @Override
    public void close() {
        tell(true);
    }

    private record Lap(Cuda.Event from, Cuda.Event to) {

        static Lap open(Cuda cuda, int device) {
            Cuda.Event from = cuda.newEvent(device, true);
            try {
                return new Lap(from, cuda.newEvent(device, true));
            } catch (RuntimeException e) {
                throw new Closer().add(() -> cuda.destroy(from)).closeAfter(e);
            }
        }

        void close(Cuda cuda) {
            new Closer()
                    .add(() -> cuda.destroy(from))
                    .add(() -> cuda.destroy(to))
                    .close();
        }
    }
}
