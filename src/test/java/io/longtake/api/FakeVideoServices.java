package io.longtake.api;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.PromptEvent;
import io.longtake.event.StageName;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.library.Library;
import io.longtake.library.LibraryFeed;
import io.longtake.library.LocalVideoStore;
import io.longtake.library.Records;
import io.longtake.library.VideoStore;
import io.longtake.library.Viewers;
import io.longtake.model.ModelRepository;
import io.longtake.platform.InstalledModels;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Muxer;
import io.longtake.video.Scenes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A platform without Kafka: what is ordered comes back at once, and the video grows when the test says so. */
final class FakeVideoServices {

    static final int WIDTH = 64;
    static final int HEIGHT = 32;
    private static final int RATE = 24;

    final List<PromptEvent> ordered = new ArrayList<>();
    final List<CarriedHeaders> causes = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    /** What other servers and the director were told. */
    final List<String> deleted = new ArrayList<>();

    final Library library;
    final Viewers viewers;
    /** Of the viewers: milliseconds since 1970. */
    final AtomicLong now = new AtomicLong(System.currentTimeMillis());

    private final LibraryFeed feed;
    private final AtomicLong offset = new AtomicLong();
    private volatile long clock = 5_000;

    FakeVideoServices(Path folder) {
        VideoStore store = new LocalVideoStore(folder);
        this.library = new Library(store, deleted::add);
        this.feed = new LibraryFeed(library);
        this.viewers = new Viewers(library.videos(), "test", now::get);
        VideoServices.open(new VideoServices(
                library,
                viewers,
                new InstalledModels(ModelRepository.standard()),
                this::order,
                (id, reason) -> cancel(id)));
    }

    private void order(PromptEvent event, CarriedHeaders cause) {
        ordered.add(event);
        causes.add(cause);
        feed.prompt(event, offset.incrementAndGet());
        accept(event.getVideoId(), Math.round(event.getSeconds() * RATE));
    }

    void cancel(String id) {
        cancelled.add(id);
        tell(
                id,
                VideoEventKind.CANCELLED,
                library.videos().find(id).orElseThrow().fragments().frames());
    }

    private void accept(String id, long frames) {
        feed.event(new Records(id).accepted(frames, RATE), offset.incrementAndGet());
    }

    /** Orders a video of so many seconds. Its id. */
    String order(double seconds) {
        PromptEvent event = PromptEvent.newBuilder(new Records(UUID.randomUUID().toString()).prompt("a drive"))
                .setSeconds(seconds)
                .build();
        order(event, CarriedHeaders.NONE);
        return event.getVideoId();
    }

    /** The video's file grows by one segment of a second. */
    void grow(String id, int segment, boolean last) {
        grow(id, segment, last, Codec.H264);
    }

    void grow(String id, int segment, boolean last, Codec codec) {
        EncodedBatch batch =
                new FrameEncoder(codec, RATE).encode(Scenes.drive((long) segment * RATE, RATE, WIDTH, HEIGHT));
        if (segment == 0) {
            feed.fragment(id, codec.container(), 0, 0, false, Muxer.header(batch));
        }
        feed.fragment(
                id, codec.container(), segment + 1, RATE, last, Muxer.fragment(segment, (long) segment * RATE, batch));
        tell(id, VideoEventKind.STITCHED, (segment + 1L) * RATE);
        if (last) {
            tell(id, VideoEventKind.FINISHED, (segment + 1L) * RATE);
        }
    }

    /** The video's file grows by so many bytes that are no picture. */
    void raw(String id, int segment, int bytes) {
        if (segment == 0) {
            feed.fragment(id, "rgb24", 0, 0, false, new byte[0]);
        }
        byte[] frame = new byte[bytes];
        new Random(segment).nextBytes(frame);
        feed.fragment(id, "rgb24", segment + 1, RATE, false, frame);
    }

    /** Writes down what is known, as the librarian does now and then. */
    void save() {
        feed.save();
    }

    /** A stage has done a segment. */
    void work(String id, StageName stage, long frames, String worker) {
        tell(VideoEvent.newBuilder(new Records(id).event(VideoEventKind.STAGE_DONE, frames))
                .setStage(stage)
                .setMessage(worker)
                .build());
    }

    /** What happens from now on happens then, in milliseconds since 1970. */
    void at(long millis) {
        clock = millis;
    }

    private void tell(String id, VideoEventKind kind, long frames) {
        tell(new Records(id).event(kind, frames));
    }

    private void tell(VideoEvent event) {
        feed.event(
                VideoEvent.newBuilder(event).setAt(Instant.ofEpochMilli(clock)).build(), offset.incrementAndGet());
    }
}
