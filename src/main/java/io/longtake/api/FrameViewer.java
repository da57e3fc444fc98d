package io.longtake.api;

import io.longtake.api.FrameCursor.CursorStep;
import io.longtake.library.FragmentCache.CachedFragment;
import io.longtake.library.Library;
import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.library.Viewers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer of a video's batches: a cursor over its fragments, which moves on when the viewer has room for the next. At any
 * time it is waiting for one thing (the video, the store, the network, a pong, or demand) and holds no thread meanwhile, nor
 * more bytes than one run. It knows of no other viewer. Everything happens in its {@link FrameConnection#later turn}.
 */
final class FrameViewer {

    private static final Logger LOG = LoggerFactory.getLogger(FrameViewer.class);

    /** Bytes that are given to the network at a time. */
    static final int RUN = 256 << 10;

    private final FrameRequest request;
    private final VideoServices services;
    private final Library library;
    private final FrameConnection connection;
    private final FrameLimits limits;
    private final FrameMeters meters;
    private final Executor reader;
    private final LongSupplier nanoTime;
    private final FrameInFlight inFlight;
    private final FrameCursor cursor;
    private final Viewers.ConnectedViewer viewer;

    private Demand demand;
    private StoredFragment sending;
    private int given;
    private boolean awaiting;
    private boolean reading;
    private boolean writing;
    private boolean ending;
    private boolean closed;
    private long movedAt;
    private long spokeAt;

    /**
     * @param reader has threads that may wait for the store
     * @param nanoTime as {@link System#nanoTime}
     */
    FrameViewer(
            FrameRequest request,
            VideoServices services,
            FrameConnection connection,
            FrameLimits limits,
            FrameMeters meters,
            Executor reader,
            LongSupplier nanoTime) {
        this.request = request;
        this.services = services;
        this.library = services.library();
        this.connection = connection;
        this.limits = limits;
        this.meters = meters;
        this.reader = reader;
        this.nanoTime = nanoTime;
        this.inFlight = new FrameInFlight(limits);
        this.cursor = new FrameCursor(request.start(), limits.liveLag());
        this.demand = request.demand();
        this.viewer = services.viewers().connect(request.videoId());
    }

    void open() {
        connection.later(() -> {
            movedAt = nanoTime.getAsLong();
            spokeAt = movedAt;
            viewer.took(request.start().reached());
            go();
        });
    }

    /** The viewer asks for more. */
    void requested(int batches) {
        connection.later(() -> {
            demand = demand.plus(batches);
            go();
        });
    }

    /** The viewer has read what was sent before a ping. */
    void ponged(long number) {
        connection.later(() -> {
            movedAt = nanoTime.getAsLong();
            inFlight.read(number).forEach(this::taken);
            if (ending && inFlight.isEmpty()) {
                close(FrameClose.END, "the video is over");
            }
            go();
        });
    }

    /** Time passes: to be called every second or so. */
    void tick() {
        connection.later(() -> {
            long now = nanoTime.getAsLong();
            boolean owes = writing || !inFlight.isEmpty();
            if (closed) {
                return;
            }
            if (owes && now - movedAt > limits.stalled().toNanos()) {
                meters.stalled();
                close(
                        FrameClose.STALLED,
                        "nothing was read for " + limits.stalled().toSeconds() + " s; go on with from_frame");
            } else if (!owes
                    && !reading
                    && sending == null
                    && now - spokeAt >= limits.heartbeat().toNanos()) {
                library.videos()
                        .find(request.videoId())
                        .ifPresentOrElse(
                                video -> say(new FrameMessage.HeartbeatMessage(
                                        video.fragments().frames())),
                                () -> close(FrameClose.DELETED, "the video was deleted"));
            }
        });
    }

    /** This server ends it. */
    void end(FrameClose why, String reason) {
        connection.later(() -> close(why, reason));
    }

    /** The connection is no more. */
    void gone() {
        connection.later(() -> {
            closed = true;
            viewer.close();
        });
    }

    /** The only place that knows what this viewer has: a fragment, and all that were sent before it. */
    private void taken(StoredFragment fragment) {
        viewer.took(fragment.firstFrame() + fragment.frames());
        meters.delivered(fragment);
    }

    private void go() {
        if (closed || reading || writing) {
            return;
        }
        Optional<LibraryVideo> video = library.videos().find(request.videoId());
        if (video.isEmpty()) {
            close(FrameClose.DELETED, "the video was deleted");
        } else if (sending != null) {
            run(sending);
        } else if (!ending) {
            step(video.get());
        }
    }

    private void step(LibraryVideo video) {
        CursorStep step = cursor.next(video);
        if (step instanceof CursorStep.Wait wait) {
            await(wait.until());
        } else if (step instanceof CursorStep.Over) {
            ending = true;
            say(FrameMessage.EndMessage.of(video, services));
        } else if (step instanceof CursorStep.SendHeader header) {
            cursor.past(step);
            announce(header.fragment(), content -> FrameMessage.HeaderMessage.of(video, content, services.models()));
        } else if (step instanceof CursorStep.SkipAhead missed && hasRoom(missed.to())) {
            cursor.past(step);
            meters.missed(missed.to().firstFrame() - missed.from().firstFrame());
            say(FrameMessage.MissedMessage.between(missed.from(), missed.to()));
        } else if (step instanceof CursorStep.SendBatch batch && hasRoom(batch.fragment())) {
            cursor.past(step);
            demand = demand.met();
            announce(batch.fragment(), content -> FrameMessage.BatchMessage.of(batch.fragment(), content));
        }
    }

    /** If it has none, a request or a pong goes on. */
    private boolean hasRoom(StoredFragment fragment) {
        return demand.any() && !inFlight.isFull(fragment);
    }

    private void announce(StoredFragment fragment, Function<CachedFragment, FrameMessage> message) {
        read(library.fragments().read(request.videoId(), fragment, reader).thenApply(message), announcement -> {
            sending = fragment;
            given = 0;
            write(connection.text(announcement.json()));
        });
    }

    private void run(StoredFragment fragment) {
        int length = Math.min(RUN, fragment.bytes() - given);
        if (length == 0) {
            sending = null;
            write(connection.ping(inFlight.add(Optional.of(fragment))));
            return;
        }
        read(library.fragments().run(request.videoId(), fragment, given, length, reader), bytes -> {
            given += length;
            write(connection.bytes(bytes));
        });
    }

    /** A message that does not count as a batch. */
    private void say(FrameMessage message) {
        connection.text(message.json());
        if (inFlight.isEmpty()) {
            movedAt = nanoTime.getAsLong();
        }
        write(connection.ping(inFlight.add(Optional.empty())));
    }

    private void write(CompletionStage<Void> sent) {
        spokeAt = nanoTime.getAsLong();
        movedAt = inFlight.isEmpty() ? spokeAt : movedAt;
        writing = true;
        sent.whenComplete((done, failed) -> connection.later(() -> {
            writing = false;
            closed |= failed != null;
            movedAt = nanoTime.getAsLong();
            go();
        }));
    }

    private <T> void read(CompletableFuture<T> coming, Consumer<T> use) {
        reading = true;
        coming.whenComplete((content, failed) -> connection.later(() -> {
            reading = false;
            if (closed) {
                return;
            }
            if (failed == null) {
                use.accept(content);
            } else if (library.videos().find(request.videoId()).isEmpty()) {
                close(FrameClose.DELETED, "the video was deleted");
            } else {
                LOG.warn("a viewer of {} is sent away: {}", request.videoId(), failed.getMessage());
                close(FrameClose.BROKEN, "the video cannot be read now; go on with from_frame");
            }
        }));
    }

    private void await(Predicate<LibraryVideo> condition) {
        if (!awaiting) {
            awaiting = true;
            library.videos()
                    .await(request.videoId(), video -> video.over() || condition.test(video), limits.heartbeat())
                    .whenComplete((video, never) -> connection.later(() -> {
                        awaiting = false;
                        go();
                    }));
        }
    }

    private void close(FrameClose why, String reason) {
        if (!closed) {
            closed = true;
            connection.close(why.code(), reason);
        }
    }
}
