package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeleteEvent;
import io.longtake.event.ElementType;
import io.longtake.event.ExtendEvent;
import io.longtake.event.Outcome;
import io.longtake.event.ParkedRecord;
import io.longtake.event.Partitioning;
import io.longtake.event.PayloadRef;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.PromptEvent;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.ScheduledScene;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.meter.StrictMeters;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The director's topology without a broker, and the part of the workers and the stitcher played by the test. */
final class DirectorDriver implements AutoCloseable {

    static final String VIDEO = "11111111-2222-3333-4444-555555555555";

    private final Path state;
    private final Lead lead;
    private final Supplier<Workers> workers;
    private final MeterRegistry meters = StrictMeters.create();
    private TopologyTestDriver driver;
    private Instant now = Instant.ofEpochMilli(1_000_000L);
    /** Of the installed model, where it is another than the tiny one's. */
    private String digest;

    private final Set<Integer> published = new HashSet<>();
    private int stitched;
    private int largest;
    private long latest;
    private final List<StageTask> openTasks = new ArrayList<>();
    private final List<VideoEvent> events = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Map<Topic, Headers> headers = new HashMap<>();
    private final List<ParkedRecord> parked = new ArrayList<>();

    DirectorDriver(Path state) {
        this(state, Lead.DEFAULT);
    }

    DirectorDriver(Path state, Lead lead) {
        this(state, lead, () -> Workers.UNKNOWN);
    }

    DirectorDriver(Path state, Lead lead, Supplier<Workers> workers) {
        this.state = state;
        this.lead = lead;
        this.workers = workers;
        this.driver = start();
    }

    private TopologyTestDriver start() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, DirectorTopology.APPLICATION_ID);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return new TopologyTestDriver(
                DirectorTopology.build(
                        catalogue(), lead, Partitioning.SINGLE, workers, meters, RecordDecoder.ours(), partition -> {}),
                settings,
                now);
    }

    /** Another director goes on with what this one has written down. */
    void restart() {
        List<KeyValue<String, byte[]>> videos = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all =
                driver.<String, byte[]>getKeyValueStore(DirectorTopology.STORE).all()) {
            all.forEachRemaining(videos::add);
        }
        driver.close();
        driver = start();
        videos.forEach(video ->
                driver.<String, byte[]>getKeyValueStore(DirectorTopology.STORE).put(video.key, video.value));
    }

    /** Another version of the model is installed while the director runs. */
    void upgradeModel() {
        digest = "another";
    }

    private Catalogue catalogue() {
        Catalogue tiny = tiny();
        return new Catalogue() {
            @Override
            public Optional<Entry> find(String name) {
                return tiny.find(name).map(entry -> digest == null ? entry : new Entry(entry.manifest(), digest));
            }

            @Override
            public Optional<Entry> find(String name, String wanted) {
                return find(name).filter(entry -> entry.digest().equals(wanted));
            }

            @Override
            public SortedSet<String> names() {
                return tiny.names();
            }
        };
    }

    static Catalogue tiny() {
        StoredModel model = new ModelRepository(List.of(Path.of("src/test/resources/models"))).find("tiny");
        return new Catalogue() {
            @Override
            public Optional<Entry> find(String name) {
                return name.equals("tiny")
                        ? Optional.of(new Entry(model.manifest(), model.digest()))
                        : Optional.empty();
            }

            @Override
            public Optional<Entry> find(String name, String digest) {
                return find(name).filter(entry -> entry.digest().equals(digest));
            }

            @Override
            public SortedSet<String> names() {
                return new TreeSet<>(List.of("tiny"));
            }
        };
    }

    static PromptEvent.Builder prompt(double seconds) {
        return PromptEvent.newBuilder()
                .setVideoId(VIDEO)
                .setScenes(scenes(scene -> {}))
                .setSeconds(seconds)
                .setModel("tiny");
    }

    /** A drive with seed 7, but for what is said here. */
    static List<ScheduledScene> scenes(Consumer<Scene.Builder> change) {
        Scene.Builder scene = Scene.newBuilder().setPrompt("a drive").setSeed(7);
        change.accept(scene);
        return Scenes.only(scene.build());
    }

    void prompt(PromptEvent event) {
        send(Topic.PROMPTS, event.getVideoId(), Wire.encode(event));
    }

    void cancel(String videoId) {
        send(Topic.PROMPTS, videoId, Wire.encode(new CancelEvent(videoId, "enough")));
    }

    void delete(String videoId) {
        send(Topic.PROMPTS, videoId, Wire.encode(new DeleteEvent(videoId)));
    }

    void extend(double seconds) {
        send(Topic.PROMPTS, VIDEO, Wire.encode(new ExtendEvent(VIDEO, seconds)));
    }

    void send(Topic topic, String key, byte[] value) {
        send(topic, key, value, now.toEpochMilli());
    }

    void send(Topic topic, String key, byte[] value, long time) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer());
        input.pipeInput(key, value, time);
        collect();
    }

    void send(Topic topic, String key, byte[] value, Headers headers) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic.topicName(), new StringSerializer(), new ByteArraySerializer());
        input.pipeInput(new TestRecord<>(key, value, headers, now));
        collect();
    }

    /** Of the last record that it sent to a topic. */
    Headers headers(Topic topic) {
        return headers.get(topic);
    }

    /** A server tells of one viewer. */
    void watched(String server, long frame, boolean playing) {
        playhead(new PlayheadEvent(VIDEO, server, 1, frame, playing, now));
    }

    void left(String server) {
        playhead(new PlayheadEvent(VIDEO, server, 0, 0L, false, now));
    }

    void playhead(PlayheadEvent event) {
        send(Topic.PROMPTS, event.getVideoId(), Wire.encode(event));
    }

    /** What a gauge says now; of a stage, or of all if that is empty. */
    double gauge(String name, String stage) {
        return meters.get(name)
                .tags(stage.isEmpty() ? Tags.empty() : Tags.of("stage", stage))
                .gauge()
                .value();
    }

    /** What Prometheus is told. */
    String scrape() {
        return StrictMeters.scrape(meters);
    }

    Instant now() {
        return now;
    }

    /** Time goes by, minute after minute, or less where it is less. */
    void passes(Duration time) {
        Duration left = time;
        while (!left.isZero()) {
            Duration step = left.compareTo(Duration.ofMinutes(1)) < 0 ? left : Duration.ofMinutes(1);
            driver.advanceWallClockTime(step);
            now = now.plus(step);
            left = left.minus(step);
        }
        collect();
    }

    /** Takes an open task and reports it done. */
    void done(String stage, int segment) {
        StageTask task = take(stage, segment);
        result(task, Outcome.DONE, "");
    }

    /** Everything of the first segment is done but its last stage, which is asked for. */
    void firstPictureOnItsWay() {
        done("keyframes", 0);
        done("interpolate", 0);
        done("decode", 0);
    }

    void fail(String stage, int segment, String reason) {
        result(take(stage, segment), Outcome.FAILED, reason);
    }

    void result(StageTask task, Outcome outcome, String reason) {
        result(task, outcome, reason, 0);
    }

    /** @param takes how many tasks the worker says it takes */
    void result(StageTask task, Outcome outcome, String reason, int takes) {
        Map<String, PayloadRef> outputs = new TreeMap<>();
        if (outcome == Outcome.DONE) {
            task.getOutputs().forEach(output -> outputs.put(output, payload(task)));
        }
        StageResult result = StageResult.newBuilder()
                .setVideoId(task.getVideoId())
                .setStage(task.getStage())
                .setSegment(task.getSegment())
                .setOutcome(outcome)
                .setReason(reason)
                .setWorker("worker-a")
                .setTakes(takes)
                .setOutputs(outputs)
                .build();
        send(Topic.RESULTS, task.getVideoId(), Wire.encode(result));
    }

    void stitched(int segment, boolean last) {
        stitched(VIDEO, segment, last);
    }

    void stitched(String videoId, int segment, boolean last) {
        send(Topic.RESULTS, videoId, Wire.encode(new SegmentStitched(videoId, segment, last)));
    }

    /** The task that was sent first of those that are open. */
    StageTask takeFirst() {
        return openTasks.remove(0);
    }

    StageTask take(String stage, int segment) {
        return take(VIDEO, stage, segment);
    }

    StageTask take(String videoId, String stage, int segment) {
        StageTask task = openTasks.stream()
                .filter(open -> open.getVideoId().equals(videoId))
                .filter(open -> open.getStage().equals(stage) && open.getSegment() == segment)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no open task " + stage + " " + segment + " in " + open()));
        openTasks.remove(task);
        return task;
    }

    StageTask takeFirst(String stage) {
        StageTask task = openTasks.stream()
                .filter(open -> open.getStage().equals(stage))
                .findFirst()
                .orElseThrow();
        openTasks.remove(task);
        return task;
    }

    List<StageTask> openTasks() {
        return openTasks;
    }

    /** Open tasks, as "KEYFRAMES 0". */
    List<String> open() {
        return openTasks.stream()
                .map(task -> task.getStage() + " " + task.getSegment())
                .toList();
    }

    List<VideoEvent> events() {
        return events;
    }

    List<VideoEventKind> kinds() {
        return events.stream().map(VideoEvent::getKind).toList();
    }

    VideoEvent lastEvent() {
        return events.get(events.size() - 1);
    }

    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    List<ParkedRecord> parked() {
        return parked;
    }

    /** Bytes of the largest record that it sent, key and value. */
    int largest() {
        return largest;
    }

    /** The latest time of the records that it sent, in milliseconds since 1970. */
    long latest() {
        return latest;
    }

    byte[] stored(String videoId) {
        return driver.<String, byte[]>getKeyValueStore(DirectorTopology.STORE).get(videoId);
    }

    /** What is stored of a video is something else from now on. */
    void store(String videoId, byte[] state) {
        driver.<String, byte[]>getKeyValueStore(DirectorTopology.STORE).put(videoId, state);
    }

    /** All stages of a segment, one after the other, and its place in the video. */
    void make(int segment, boolean last) {
        ToyModel.STAGES.forEach(stage -> done(stage, segment));
        stitched(segment, last);
        stitched = segment + 1;
    }

    /** Plays workers and stitcher until nothing is left to do; segments are stitched as soon as they can be. */
    int playToTheEnd(int segments) {
        int mostInFlight = 0;
        while (!openTasks.isEmpty()) {
            mostInFlight =
                    Math.max(mostInFlight, openTasks.get(openTasks.size() - 1).getSegment() - stitched + 1);
            StageTask task = openTasks.remove(0);
            result(task, Outcome.DONE, "");
            if (task.getPublish()) {
                published.add(task.getSegment());
            }
            while (published.contains(stitched)) {
                stitched(stitched, stitched == segments - 1);
                stitched++;
            }
        }
        return mostInFlight;
    }

    static PayloadRef payload(StageTask task) {
        return new PayloadRef(
                task.getStage() + "-" + task.getSegment(),
                Topic.LATENTS.topicName(),
                0,
                100L * task.getSegment() + List.copyOf(ToyModel.STAGES).indexOf(task.getStage()),
                1,
                4L,
                0L,
                ElementType.F32,
                List.of(1));
    }

    private void collect() {
        for (String stage : ToyModel.STAGES) {
            read(Topic.ofTasks(stage), StageTask.class, openTasks);
        }
        read(Topic.VIDEOS, VideoEvent.class, events);
        read(Topic.DEAD_LETTERS, DeadLetter.class, deadLetters);
        read(Topic.PARKED, ParkedRecord.class, parked);
    }

    private <T extends SpecificRecordBase> void read(Topic topic, Class<T> kind, List<T> into) {
        driver.createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> {
                    largest = Math.max(largest, record.key().length + record.value().length);
                    latest = Math.max(latest, record.timestamp());
                    headers.put(topic, record.headers());
                    into.add(Wire.decode(record.value(), kind));
                });
    }

    @Override
    public void close() {
        driver.close();
    }
}
