package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.Outcome;
import io.longtake.event.PayloadRef;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoStatus;
import io.longtake.model.PipelineStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A video in the making.
 *
 * @param order what is made
 * @param stitched segments 0 .. stitched-1 are in the video
 * @param segments those between prompt and stitcher, and the last stitched one, whose outputs the next one needs
 * @param pacing how far it may get ahead of its viewers
 */
public record Running(Order order, int stitched, SortedMap<Integer, Segment> segments, Pacing pacing)
        implements VideoState {

    /** A task lost by accident comes through the second time; one that still has no result after four hurts whoever takes it. */
    private static final int MAX_ATTEMPTS = 4;

    /** Ranks of videos that nobody watches begin above those of the others, whose leads are shorter than that. */
    private static final double UNWATCHED = 1e9;

    private static final long MILLIS_PER_SECOND = 1000;

    /** Accepts an order. */
    public static Decision start(Order order, Lead lead, Instant at) {
        Running idle = new Running(order, 0, new TreeMap<>(), Pacing.unwatched(lead));
        return Decision.of(idle, Announcement.of(order, at).accepted());
    }

    @Override
    public VideoStatus status() {
        return VideoStatus.RUNNING;
    }

    @Override
    public Decision on(StageResult result, Instant at) {
        Segment segment = segments.get(result.getSegment());
        if (segment == null || !segment.open(result.getStage())) {
            return Decision.unchanged(this);
        }
        if (result.getOutcome() == Outcome.FAILED) {
            String reason = String.format(
                    Locale.ROOT, "%s of segment %d: %s", result.getStage(), result.getSegment(), result.getReason());
            return end(VideoStatus.FAILED, Announcement.of(order, at).failed(reason));
        }
        Set<String> wanted = order.pipeline().outputs(result.getStage());
        if (!result.getOutputs().keySet().equals(wanted)) {
            // without them the next stage could never be asked for
            throw new RejectedEventException(String.format(
                    Locale.ROOT,
                    "outputs of %s, segment %d: expected %s, got %s",
                    result.getStage(),
                    result.getSegment(),
                    wanted,
                    result.getOutputs().keySet()));
        }
        Segment.Step done = segment.steps().get(result.getStage()).made(result.getOutputs());
        Running next = with(segment.with(result.getStage(), done));
        VideoEvent event = Announcement.of(order, at)
                .stageDone(
                        result.getStage(), result.getSegment(), next.framesDone(result.getStage()), result.getWorker());
        return Decision.of(next, event);
    }

    @Override
    public Decision on(SegmentStitched news, Instant at) {
        if (news.getSegment() != stitched) {
            return Decision.unchanged(this);
        }
        String last = order.pipeline().last();
        if (!segments.containsKey(stitched) || !segments.get(stitched).issued(last)) {
            // to believe it would forget what the next segments are made of
            throw new RejectedEventException(String.format(
                    Locale.ROOT, "segment %d cannot be in the video yet: its %s was not asked for", stitched, last));
        }
        int now = stitched + 1;
        List<VideoEvent> events = new ArrayList<>();
        events.add(Announcement.of(order, at).stitched(news.getSegment(), frames(now)));
        long late = framesLate(at);
        if (late > 0) {
            events.add(Announcement.of(order, at).late(news.getSegment(), late));
        }
        if (now == order.plan().segments()) {
            events.add(Announcement.of(order, at).finished());
            return new Decision(new Ended(order, VideoStatus.FINISHED, now), List.of(), events);
        }
        Pacing onward = pacing.resumed(frames(stitched), at, order.plan().frameRate());
        return new Decision(
                new Running(order, now, new TreeMap<>(segments.tailMap(now - 1)), onward), List.of(), events);
    }

    @Override
    public Decision on(PlayheadEvent news, Instant at) {
        return Decision.of(with(pacing.heard(news, order.plan(), frames(stitched), at)));
    }

    @Override
    public Decision later(Instant now) {
        Pacing then = pacing.after(now);
        return then == pacing ? Decision.unchanged(this) : Decision.of(with(then));
    }

    @Override
    public Decision on(CancelEvent cancel, Instant at) {
        return end(VideoStatus.CANCELLED, Announcement.of(order, at).cancelled(cancel.getReason(), frames(stitched)));
    }

    @Override
    public Decision on(ExtendEvent extend, Instant at) {
        long frames = Admission.extendedFrames(order, extend);
        int last = order.plan().segments() - 1;
        if (segments.containsKey(last)
                && segments.get(last).issued(order.pipeline().last())) {
            throw new RejectedEventException(
                    "video_id " + order.videoId() + ": too late to extend, the video's last segment is being finished");
        }
        Order longer = order.extendedTo(frames);
        return Decision.of(
                new Running(longer, stitched, segments, pacing),
                Announcement.of(longer, at).extended(frames(stitched)));
    }

    /** Asks again; a stage that was asked for often enough fails the video, so that none waits for ever. */
    @Override
    public Decision overdue(String stage, int number, Instant at) {
        Segment segment = segments.get(number);
        if (segment == null || !segment.open(stage)) {
            return Decision.unchanged(this);
        }
        Segment.Step step = segment.steps().get(stage);
        if (step.attempts() == MAX_ATTEMPTS) {
            String reason = String.format(
                    Locale.ROOT,
                    "%s of segment %d: asked for %d times without a result: no worker takes such tasks, or"
                            + " every worker dies of this one",
                    stage,
                    number,
                    MAX_ATTEMPTS);
            return end(VideoStatus.FAILED, Announcement.of(order, at).failed(reason));
        }
        Map<String, PayloadRef> inputs =
                TaskInputs.of(order.pipeline().stage(stage), number, segments).orElseThrow();
        return new Decision(
                with(segment.with(stage, step.retried())),
                List.of(order.task(stage, number, inputs, rank())),
                List.of());
    }

    /**
     * Tasks whose inputs are there and that were not sent yet: earlier segments before later ones, and later stages of a segment
     * before earlier ones. They lie within the window and as far as the video's viewers let it; but nothing is imagined beyond the
     * first segment before its last stage is on its way, because somebody waits for the first picture, and a single worker would
     * begin two segments more before it shows one.
     */
    List<TaskName> due() {
        int end = Math.min(
                pacing.segments(order.plan()), stitched + order.model().limits().segmentsInFlight());
        List<PipelineStage> stages = new ArrayList<>(order.pipeline().stages());
        Collections.reverse(stages);
        List<TaskName> due = new ArrayList<>();
        for (int n = stitched; n < end && (n == 0 || firstPictureIsOnItsWay()); n++) {
            for (PipelineStage stage : stages) {
                if (!segment(n).issued(stage.name())
                        && TaskInputs.of(stage, n, segments).isPresent()) {
                    due.add(new TaskName(order.videoId(), stage.name(), n));
                }
            }
        }
        return due;
    }

    /** Sends a task that is {@link #due}. */
    @Override
    public Decision send(TaskName task) {
        Map<String, PayloadRef> inputs = TaskInputs.of(order.pipeline().stage(task.stage()), task.segment(), segments)
                .orElseThrow();
        return new Decision(
                with(segment(task.segment()).with(task.stage(), Segment.Step.ISSUED)),
                List.of(order.task(task.stage(), task.segment(), inputs, rank())),
                List.of());
    }

    /** How many tasks are out, by stage. */
    Map<String, Integer> out() {
        Map<String, Integer> out = new TreeMap<>();
        segments.values().forEach(segment -> segment.steps().forEach((stage, step) -> {
            if (!step.done()) {
                out.merge(stage, 1, Integer::sum);
            }
        }));
        return out;
    }

    /** Milliseconds of video that each stage has not made yet, of what the video's viewers let it make now. */
    Map<String, Long> owedMillis() {
        long wanted = frames(pacing.segments(order.plan()));
        Map<String, Long> owed = new TreeMap<>();
        for (String stage : order.pipeline().names()) {
            long frames = Math.max(0, wanted - framesDone(stage));
            owed.put(stage, frames * MILLIS_PER_SECOND / order.plan().frameRate());
        }
        return owed;
    }

    /**
     * Which video goes first, of those that wait: the one with the smaller rank. First those without a picture, for somebody waits
     * for it; then those that are watched, by the seconds that they are ahead of who is furthest in them; then the one of which the
     * fewest segments are made.
     */
    double rank() {
        if (stitched == 0) {
            return 0;
        }
        OptionalLong playhead = pacing.playhead();
        if (playhead.isEmpty()) {
            return UNWATCHED + stitched;
        }
        double lead = (double) (frames(stitched) - playhead.getAsLong())
                / order.plan().frameRate();
        return 1 + Math.max(0, Math.min(lead, UNWATCHED - 1));
    }

    private Segment segment(int number) {
        return segments.getOrDefault(number, Segment.fresh(number));
    }

    private boolean firstPictureIsOnItsWay() {
        return stitched > 0 || segment(0).issued(order.pipeline().last());
    }

    private Decision end(VideoStatus status, VideoEvent event) {
        return new Decision(new Ended(order, status, stitched), List.of(), List.of(event));
    }

    private Running with(Segment segment) {
        SortedMap<Integer, Segment> more = new TreeMap<>(segments);
        more.put(segment.number(), segment);
        return new Running(order, stitched, more, pacing);
    }

    private Running with(Pacing changed) {
        return new Running(order, stitched, segments, changed);
    }

    /** How long viewers have waited for the segment that is in the video now; nobody expects the first one at a time. */
    private long framesLate(Instant at) {
        return stitched == 0
                ? 0
                : pacing.waited(frames(stitched), at, order.plan().frameRate());
    }

    /** Frames that a stage has done, in whatever order; segments no longer remembered are done in every stage. */
    private long framesDone(String stage) {
        int forgotten = segments.isEmpty() ? 0 : segments.firstKey();
        long frames = frames(forgotten);
        for (Segment segment : segments.values()) {
            frames += segment.done(stage) ? order.plan().frameCount(segment.number()) : 0;
        }
        return frames;
    }

    private long frames(int wholeSegments) {
        return wholeSegments == order.plan().segments()
                ? order.plan().totalFrames()
                : order.plan().firstFrame(wholeSegments);
    }
}
