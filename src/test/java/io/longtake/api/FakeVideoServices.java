package io.longtake.api;

import io.longtake.director.AdmissionControl;
import io.longtake.director.Catalogue;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.library.Library;
import io.longtake.library.LibraryFeed;
import io.longtake.library.LocalVideoStore;
import io.longtake.library.Records;
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
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** A platform without Kafka: what is ordered comes back at once, and the video grows when the test says so. */
final class FakeVideoServices implements VideoServices, AutoCloseable {

    static final int WIDTH = 64;
    static final int HEIGHT = 32;
    private static final int RATE = 24;

    final List<PromptEvent> ordered = new ArrayList<>();
    final List<CarriedHeaders> causes = new ArrayList<>();
    /** Who ordered. */
    final List<Principal> askers = new ArrayList<>();

    final List<String> cancelled = new ArrayList<>();
    /** What other servers and the director were told. */
    final List<String> deleted = new ArrayList<>();

    volatile AdmissionControl admission = AdmissionControl.open();

    private final ClosableStore store;
    final Library library;
    final Viewers viewers;
    /** Of the viewers: milliseconds since 1970. */
    final AtomicLong now = new AtomicLong(System.currentTimeMillis());

    private final Catalogue models = new InstalledModels(ModelRepository.standard());
    private final LibraryFeed feed;
    private final AtomicLong offset = new AtomicLong();
    private final List<Runnable> unread = new ArrayList<>();
    private volatile boolean behind;
    private volatile boolean atOnce;
    private volatile long clock = 5_000;

    FakeVideoServices(Path folder) {
        this.store = new ClosableStore(new LocalVideoStore(folder));
        this.library = new Library(store.store(), (asker, id) -> deleted.add(id));
        this.feed = new LibraryFeed(library);
        this.viewers = new Viewers(library.videos(), "test", now::get);
    }

    @Override
    public Library library() {
        return library;
    }

    @Override
    public Viewers viewers() {
        return viewers;
    }

    @Override
    public Catalogue models() {
        return models;
    }

    /** Of every model the same ones. */
    @Override
    public KnownWords words() {
        return model -> Optional.of(List.of("a", "an", "drive", "empty", "fog", "in", "road", "walk"));
    }

    @Override
    public AdmissionControl admission() {
        return admission;
    }

    @Override
    public void cancel(Principal asker, String id, String reason) {
        cancel(id);
    }

    @Override
    public Instant order(Principal asker, PromptEvent event, CarriedHeaders cause) {
        ordered.add(event);
        askers.add(asker);
        causes.add(cause);
        long at = offset.incrementAndGet();
        if (behind) {
            unread.add(() -> read(event, at));
        } else {
            read(event, at);
        }
        if (atOnce) {
            grow(event.getVideoId(), 0, true);
        }
        return Instant.ofEpochMilli(at);
    }

    private void read(PromptEvent event, long at) {
        feed.prompt(event, at);
        accept(event.getVideoId(), Math.round(event.getSeconds() * RATE));
    }

    /** Nothing is written after this, whatever a browser has asked for that is gone: the folder can be removed. */
    @Override
    public void close() {
        store.close();
    }

    /** What is ordered from now on is finished when its order is: one second of it. */
    void makeAtOnce() {
        atOnce = true;
    }

    /** What is sent from now on is in Kafka, and not read from there. */
    void fallBehind() {
        behind = true;
    }

    /** Now it is. */
    void catchUp() {
        behind = false;
        unread.forEach(Runnable::run);
        unread.clear();
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
        order(Principal.ANONYMOUS, event, CarriedHeaders.NONE);
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
            long planned = library.videos().find(id).orElseThrow().history().totalFrames();
            feed.fragment(id, codec.container(), 0, 0, false, Muxer.header(batch, planned));
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
    void work(String id, String stage, long frames, String worker) {
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
