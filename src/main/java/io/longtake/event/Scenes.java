package io.longtake.event;

import java.util.List;

/** The scenes of a prompt event. */
public final class Scenes {

    private Scenes() {}

    /** One scene, from the beginning to the end. */
    public static List<ScheduledScene> only(Scene scene) {
        return List.of(ScheduledScene.newBuilder().setScene(scene).build());
    }

    /** The scene that a video opens with. */
    public static Scene first(PromptEvent event) {
        if (event.getScenes().isEmpty()) {
            throw new UnreadableRecordException("PromptEvent, scenes: expected at least 1, got 0");
        }
        return event.getScenes().get(0).getScene();
    }
}
