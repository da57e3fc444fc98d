package io.longtake.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.event.VideoEvent;
import java.util.List;
import java.util.Locale;

/**
 * An event of a video as HTTP tells it.
 *
 * @param stage of stage_done; otherwise absent
 * @param segment of stage_done, stitched and late; otherwise absent
 * @param frames done so far in that stage, or stitched; of late: that the furthest viewer has waited
 * @param at milliseconds since 1970
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventDocument(
        String videoId,
        String kind,
        String stage,
        Integer segment,
        long frames,
        long totalFrames,
        int frameRate,
        List<String> stages,
        String message,
        long at) {

    static EventDocument of(VideoEvent event) {
        return new EventDocument(
                event.getVideoId(),
                event.getKind().name().toLowerCase(Locale.ROOT),
                event.getStage(),
                event.getSegment() < 0 ? null : event.getSegment(),
                event.getFrames(),
                event.getTotalFrames(),
                event.getFrameRate(),
                event.getStages().isEmpty() ? null : event.getStages(),
                event.getMessage().isEmpty() ? null : event.getMessage(),
                event.getAt().toEpochMilli());
    }
}
