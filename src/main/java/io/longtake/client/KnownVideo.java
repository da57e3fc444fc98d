package io.longtake.client;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scenes;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of a video until now: what was asked for, and how far its stages have come. For one thread. */
public final class KnownVideo {

    /** How a video stands. */
    public enum Standing {
        ORDERED,
        MAKING,
        FINISHED,
        FAILED,
        CANCELLED
    }

    /** What a stage has done: when first, when last, and how many segments each worker did of it. */
    public static final class StageWork {

        private final Map<String, Integer> segments = new TreeMap<>();
        private Instant first;
        private Instant last;
        private long frames;

        private void on(VideoEvent event) {
            first = first == null ? event.getAt() : first;
            last = event.getAt();
            frames = Math.max(frames, event.getFrames());
            segments.merge(event.getMessage(), 1, Integer::sum);
        }

        public Instant first() {
            return first;
        }

        public Instant last() {
            return last;
        }

        public long frames() {
            return frames;
        }

        /** By the worker's name. */
        public Map<String, Integer> segments() {
            return Collections.unmodifiableMap(segments);
        }
    }

    private final String id;
    private final Map<String, StageWork> stages = new LinkedHashMap<>();
    private PromptEvent prompt;
    private Instant asked;
    private Instant changed;
    private Standing state = Standing.ORDERED;
    private boolean refused;
    private long frames;
    private long totalFrames;
    private int frameRate;
    private String message = "";

    KnownVideo(String id) {
        this.id = id;
    }

    void on(PromptEvent event, Instant at) {
        prompt = event;
        asked = asked == null ? at : asked;
        changed = changed == null ? at : changed;
    }

    void on(VideoEvent event) {
        boolean over = state.compareTo(Standing.MAKING) > 0 && !refused;
        switch (event.getKind()) {
            case ACCEPTED -> {
                event.getStages().forEach(stage -> stages.computeIfAbsent(stage, name -> new StageWork()));
                if (!over) {
                    become(Standing.MAKING, event);
                }
            }
            case STAGE_DONE -> stages.computeIfAbsent(event.getStage(), name -> new StageWork())
                    .on(event);
            case STITCHED -> frames = Math.max(frames, event.getFrames());
            case FINISHED -> {
                frames = Math.max(frames, event.getFrames());
                become(Standing.FINISHED, event);
            }
            case FAILED -> become(Standing.FAILED, event);
            case CANCELLED -> become(Standing.CANCELLED, event);
            case EXTENDED, LATE, OTHER -> {}
        }
        totalFrames = Math.max(totalFrames, event.getTotalFrames());
        frameRate = Math.max(frameRate, event.getFrameRate());
        changed = event.getAt();
    }

    private void become(Standing next, VideoEvent event) {
        state = next;
        refused = VideoEvents.isRefusal(event);
        message = event.getMessage();
    }

    public String id() {
        return id;
    }

    public Standing state() {
        return state;
    }

    /** Why it is in this state, in words; may be empty. */
    public String message() {
        return message;
    }

    /** The prompt of its first scene; empty if Kafka no longer has what was asked for. */
    public Optional<String> prompt() {
        return Optional.ofNullable(prompt).map(event -> Scenes.first(event).getPrompt());
    }

    public Optional<String> model() {
        return Optional.ofNullable(prompt).map(PromptEvent::getModel);
    }

    public Optional<String> codec() {
        return Optional.ofNullable(prompt).map(PromptEvent::getCodec);
    }

    public Optional<Instant> asked() {
        return Optional.ofNullable(asked);
    }

    /** When something last happened to it. */
    public Instant changed() {
        return changed;
    }

    /** Stitched. */
    public long frames() {
        return frames;
    }

    /** 0 as long as it is not accepted. */
    public long totalFrames() {
        return totalFrames;
    }

    /** 0 as long as it is not accepted. */
    public int frameRate() {
        return frameRate;
    }

    /** By the stage's name, in the order of the pipeline. */
    public Map<String, StageWork> stages() {
        return Collections.unmodifiableMap(stages);
    }
}
