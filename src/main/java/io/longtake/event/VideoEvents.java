package io.longtake.event;

/**
 * What a {@link VideoEvent} must hold beyond what its schema says. Anybody may write to {@code longtake.videos}, and who reads
 * an event wants to rely on its parts.
 */
public final class VideoEvents {

    /** The director's are a tenth of that. */
    private static final int MESSAGE = 20_000;

    private static final int STAGES = 64;
    private static final int STAGE_NAME = 64;

    private VideoEvents() {}

    /**
     * Passes an event through.
     *
     * @throws UnreadableRecordException if a part is missing or cannot be, with the field, its value and what was expected
     */
    public static VideoEvent check(VideoEvent event) {
        if (event.getKind() == VideoEventKind.STAGE_DONE && event.getStage() == null) {
            throw broken("stage", "expected one with STAGE_DONE, got none");
        }
        atLeast("segment", event.getSegment(), -1);
        atLeast("frames", event.getFrames(), 0);
        atLeast("total_frames", event.getTotalFrames(), 0);
        atLeast("frame_rate", event.getFrameRate(), 0);
        atMost("message characters", event.getMessage().length(), MESSAGE);
        if (event.getStage() != null) {
            atMost("stage characters", event.getStage().length(), STAGE_NAME);
        }
        atMost("stages", event.getStages().size(), STAGES);
        event.getStages().forEach(stage -> atMost("characters of one of stages", stage.length(), STAGE_NAME));
        return event;
    }

    /**
     * Whether an event refuses a prompt: the video was never accepted, and another prompt may still ask for it under the same
     * id.
     */
    public static boolean isRefusal(VideoEvent event) {
        return event.getKind() == VideoEventKind.FAILED && event.getTotalFrames() == 0;
    }

    private static void atLeast(String field, long value, long min) {
        if (value < min) {
            throw broken(field, "expected at least " + min + ", got " + value);
        }
    }

    private static void atMost(String field, long value, long max) {
        if (value > max) {
            throw broken(field, "expected at most " + max + ", got " + value);
        }
    }

    private static UnreadableRecordException broken(String field, String why) {
        return new UnreadableRecordException("VideoEvent, " + field + ": " + why);
    }
}
