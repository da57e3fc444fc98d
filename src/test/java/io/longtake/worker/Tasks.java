package io.longtake.worker;

import io.longtake.event.StageName;
import io.longtake.event.StageTask;
import java.util.Map;

/** Tasks that need no inputs. */
final class Tasks {

    private Tasks() {}

    /** The first keyframes of a video that is asked for with a seed. */
    static StageTask.Builder keyframes(String video, long seed) {
        return StageTask.newBuilder()
                .setVideoId(video)
                .setStage(StageName.KEYFRAMES)
                .setSegment(0)
                .setModel("any")
                .setModelDigest("any")
                .setPrompt("a drive")
                .setNegativePrompt("")
                .setSeed(seed)
                .setGuidance(1)
                .setSteps(1)
                .setCodec("h264")
                .setFirstFrame(0)
                .setFrameCount(24)
                .setLast(false)
                .setPublish(false)
                .setInputs(Map.of());
    }
}
