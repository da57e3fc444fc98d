package io.longtake.director;

import io.longtake.event.DirectorState;
import io.longtake.event.NewerRecordException;
import io.longtake.event.SegmentState;
import io.longtake.event.StepState;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoStatus;
import io.longtake.event.ViewerState;
import io.longtake.event.Wire;
import io.longtake.model.VideoPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A video's state as bytes for the store and its changelog: a few hundred of them, references only. */
final class StateCodec {

    private final Catalogue catalogue;
    private final Lead lead;

    /** @param lead of videos that are watched: a setting of the director, not of a video */
    StateCodec(Catalogue catalogue, Lead lead) {
        this.catalogue = catalogue;
        this.lead = lead;
    }

    byte[] encode(VideoState state) {
        Order order = state instanceof Running running ? running.order() : ((Ended) state).order();
        int stitched = state instanceof Running running ? running.stitched() : ((Ended) state).stitched();
        List<SegmentState> segments = state instanceof Running running
                ? running.segments().values().stream().map(StateCodec::encode).toList()
                : List.of();
        return Wire.encode(DirectorState.newBuilder()
                .setOrder(order.prompt())
                .setModelDigest(order.modelDigest())
                .setTotalFrames(order.plan().totalFrames())
                .setStatus(state.status())
                .setStitched(stitched)
                .setSegments(segments)
                .setViewers(state instanceof Running running ? encode(running.pacing()) : List.of())
                .build());
    }

    /**
     * Whether these are the bytes of a video that has ended; bytes that nobody can read are of none.
     *
     * @throws NewerRecordException if a later version wrote them
     */
    static boolean hasEnded(byte[] bytes) {
        try {
            return Wire.decode(bytes, DirectorState.class).getStatus() != VideoStatus.RUNNING;
        } catch (UnreadableRecordException e) {
            return false;
        }
    }

    /** The same video, failed: its id stays used up. Empty if nobody can read the bytes. */
    static Optional<byte[]> failed(byte[] bytes) {
        try {
            return Optional.of(Wire.encode(DirectorState.newBuilder(Wire.decode(bytes, DirectorState.class))
                    .setStatus(VideoStatus.FAILED)
                    .setSegments(List.of())
                    .setViewers(List.of())
                    .build()));
        } catch (UnreadableRecordException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a state.
     *
     * @throws StrandedVideoException if it cannot be read, or the video was planned with a model that is not here any more
     * @throws NewerRecordException if a later version wrote it
     */
    VideoState decode(byte[] bytes) {
        try {
            return read(bytes);
        } catch (StrandedVideoException | NewerRecordException e) {
            throw e;
        } catch (RuntimeException e) { // whatever the state's parts refuse to be made of
            throw StrandedVideoException.unreadable(e);
        }
    }

    private VideoState read(byte[] bytes) {
        DirectorState state = Wire.decode(bytes, DirectorState.class);
        Catalogue.Entry model = catalogue
                .find(state.getOrder().getModel(), state.getModelDigest())
                .orElseThrow(() -> StrandedVideoException.modelChanged(state.getOrder(), state.getModelDigest()));
        VideoPlan plan = VideoPlan.ofFrames(model.manifest(), state.getTotalFrames());
        Order order = new Order(state.getOrder(), model.manifest(), model.digest(), plan);
        if (state.getStatus() != VideoStatus.RUNNING) {
            return new Ended(order, state.getStatus(), state.getStitched());
        }
        SortedMap<Integer, Segment> segments = new TreeMap<>();
        for (SegmentState segment : state.getSegments()) {
            segments.put(segment.getSegment(), decode(segment));
        }
        return new Running(order, state.getStitched(), segments, decode(state.getViewers()));
    }

    private static List<ViewerState> encode(Pacing pacing) {
        return pacing.reports().entrySet().stream()
                .map(entry -> new ViewerState(
                        entry.getKey(),
                        entry.getValue().frame(),
                        entry.getValue().playing(),
                        entry.getValue().since(),
                        entry.getValue().heard(),
                        entry.getValue().moved()))
                .toList();
    }

    private Pacing decode(List<ViewerState> states) {
        SortedMap<String, ViewerReport> reports = new TreeMap<>();
        for (ViewerState state : states) {
            reports.put(
                    state.getSource(),
                    new ViewerReport(
                            state.getFrame(),
                            state.getPlaying(),
                            state.getSince(),
                            state.getHeard(),
                            state.getMoved()));
        }
        return new Pacing(lead, reports);
    }

    private static SegmentState encode(Segment segment) {
        List<StepState> steps = segment.steps().entrySet().stream()
                .map(step -> new StepState(
                        step.getKey(),
                        step.getValue().done(),
                        step.getValue().outputs(),
                        step.getValue().attempts()))
                .toList();
        return new SegmentState(segment.number(), steps);
    }

    private static Segment decode(SegmentState segment) {
        Map<String, Segment.Step> steps = new TreeMap<>();
        for (StepState step : segment.getSteps()) {
            steps.put(step.getStage(), new Segment.Step(step.getDone(), step.getOutputs(), step.getAttempts()));
        }
        return new Segment(segment.getSegment(), steps);
    }
}
