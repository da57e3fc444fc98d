package io.longtake.worker;

import io.longtake.event.Scene;
import io.longtake.event.StageTask;
import io.longtake.model.InputSource;
import java.util.List;
import java.util.Map;

/** Tasks that need no inputs. */
final class Tasks {

    private Tasks() {}

    /** The first keyframes of a video that is asked for with a seed. */
    static StageTask.Builder keyframes(String video, long seed) {
        return StageTask.newBuilder()
                .setVideoId(video)
                .setStage("keyframes")
                .setSegment(0)
                .setModel("any")
                .setModelDigest("any")
                .setScene(scene(seed).build())
                .setCodec("h264")
                .setFirstFrame(0)
                .setFrameCount(24)
                .setLast(false)
                .setPublish(false)
                .setInputs(Map.of())
                .setOutputs(List.of(InputSource.OUT));
    }

    static Scene.Builder scene(long seed) {
        return Scene.newBuilder()
                .setPrompt("a drive")
                .setSeed(seed)
                .setGuidance(1.0)
                .setSteps(1);
    }
}
