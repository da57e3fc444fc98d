package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.director.Catalogue;
import io.longtake.library.LibraryVideo;
import io.longtake.library.LibraryVideos;
import io.longtake.library.Pace;
import io.longtake.library.PromptDetails;
import io.longtake.library.VideoHistory;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A video as HTTP tells it: the fields of the OpenAI Videos API, then ours.
 *
 * @param object always {@code video}
 * @param status queued, in_progress, completed or failed; a cancelled video is failed with the error code {@code cancelled}
 * @param progress whole percent of the video that can be watched
 * @param createdAt seconds since 1970
 * @param completedAt seconds since 1970; null while it is not completed
 * @param expiresAt always null: videos stay until they are deleted
 * @param seconds length of the whole video, as a string
 * @param size width x height; null if the model is not known here
 * @param container of its file: mp4, matroska or rgb24; null while nothing of it is made. Only an mp4 plays in browsers
 * @param frames that can be watched
 * @param playback how fast it comes, and when it plays without a stop
 * @param queuePosition videos before it that are not finished, of a queued one; otherwise null
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Video")
public record VideoDocument(
        String id,
        String object,
        String model,
        @Schema(enumeration = {"queued", "in_progress", "completed", "failed"}) String status,
        int progress,
        long createdAt,
        @Schema(nullable = true) Long completedAt,
        @Schema(nullable = true) Long expiresAt,
        String seconds,
        @Schema(nullable = true) String size,
        @Schema(nullable = true) String prompt,
        @Schema(nullable = true) VideoError error,
        @Schema(nullable = true) String remixedFromVideoId,
        @Schema(nullable = true) String negativePrompt,
        @Schema(
                        anyOf = {Long.class, String.class},
                        nullable = true,
                        description = "A string if it is so large that JavaScript would round it")
                Object seed,
        @Schema(nullable = true) Double guidance,
        @Schema(nullable = true) Integer steps,
        @Schema(nullable = true) String container,
        long frames,
        long totalFrames,
        int frameRate,
        @Schema(nullable = true) Integer queuePosition,
        List<StageProgress> stages,
        Playback playback,
        Urls urls) {

    /** Why there is no whole video: {@code cancelled}, or {@code failed}. */
    @Schema(name = "VideoError")
    public record VideoError(String code, String message) {}

    /** How many frames a stage has done. */
    @Schema(name = "VideoStage")
    public record StageProgress(String name, long frames) {}

    /**
     * What a viewer should know before starting; null: not known yet.
     *
     * @param firstPictureAfter seconds from the prompt to the first second that could be watched
     * @param realTimeFactor seconds of video that come in a second; of a video that is over: that came
     * @param smoothStartIn seconds until playback from the beginning runs to the end without a stop; 0: at once
     */
    @Schema(name = "VideoPlayback")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Playback(
            @Schema(nullable = true) Double firstPictureAfter,
            @Schema(nullable = true) Double realTimeFactor,
            @Schema(nullable = true) Double smoothStartIn) {

        static Playback of(LibraryVideo video, long now) {
            Pace pace = Pace.of(video, now);
            long first = video.history().firstAt();
            return new Playback(
                    first == 0 ? null : rounded((first - video.history().createdAt()) / 1000.0),
                    pace.realTimeFactor().isPresent()
                            ? rounded(pace.realTimeFactor().getAsDouble())
                            : null,
                    pace.smoothStartIn().isPresent()
                            ? rounded(pace.smoothStartIn().getAsDouble())
                            : null);
        }

        private static double rounded(double value) {
            return Math.round(value * 1000) / 1000.0;
        }
    }

    /** The largest whole number that JavaScript reads as it is written. */
    private static final long EXACT = (1L << 53) - 1;

    /** Where the video is. */
    @Schema(name = "VideoUrls")
    public record Urls(String content, String thumbnail, String spritesheet, String events, String hls) {
        static Urls of(String id, PathPrefix prefix) {
            String base = prefix.text() + "/v1/videos/" + id;
            return new Urls(
                    base + "/content",
                    base + "/content?variant=thumbnail",
                    base + "/content?variant=spritesheet",
                    base + "/events",
                    base + "/master.m3u8");
        }
    }

    /** @param prefix before the addresses */
    static VideoDocument of(LibraryVideo video, VideoServices services, PathPrefix prefix) {
        VideoHistory history = video.history();
        PromptDetails details = history.details();
        VideoHistory.Status status = video.status();
        boolean failed = status == VideoHistory.Status.FAILED || status == VideoHistory.Status.CANCELLED;
        return new VideoDocument(
                history.id(),
                "video",
                details == null ? "unknown" : details.model(),
                name(status),
                progress(video),
                history.createdAt() / 1000,
                status == VideoHistory.Status.FINISHED ? history.endedAt() / 1000 : null,
                null,
                seconds(history),
                details == null ? null : size(details, services.models()),
                details == null ? null : details.prompt(),
                failed ? new VideoError(status.name().toLowerCase(java.util.Locale.ROOT), why(history)) : null,
                null,
                details == null ? null : details.negativePrompt(),
                details == null ? null : exact(details.seed()),
                details == null ? null : details.guidance(),
                details == null ? null : details.steps(),
                video.fragments().container().isEmpty()
                        ? null
                        : video.fragments().container(),
                video.fragments().frames(),
                history.totalFrames(),
                history.frameRate(),
                status == VideoHistory.Status.QUEUED
                        ? position(video, services.library().videos())
                        : null,
                history.stages().entrySet().stream()
                        .map(stage -> new StageProgress(stage.getKey(), stage.getValue()))
                        .toList(),
                Playback.of(video, System.currentTimeMillis()),
                Urls.of(history.id(), prefix));
    }

    private static Object exact(long seed) {
        return Math.abs(seed) <= EXACT && seed != Long.MIN_VALUE ? (Object) seed : Long.toString(seed);
    }

    private static String name(VideoHistory.Status status) {
        return switch (status) {
            case QUEUED -> "queued";
            case RUNNING -> "in_progress";
            case FINISHED -> "completed";
            case FAILED, CANCELLED -> "failed";
        };
    }

    /** 100 only for a video that is whole. */
    private static int progress(LibraryVideo video) {
        long total = video.history().totalFrames();
        return total == 0 ? 0 : (int) Math.min(100, 100 * video.fragments().frames() / total);
    }

    private static String why(VideoHistory history) {
        return history.message().isEmpty() ? "no reason was given" : history.message();
    }

    private static String seconds(VideoHistory history) {
        double seconds = history.totalFrames() > 0 && history.frameRate() > 0
                ? (double) history.totalFrames() / history.frameRate()
                : history.details() == null ? 0 : history.details().seconds();
        return Double.isFinite(seconds)
                ? new BigDecimal(seconds)
                        .setScale(3, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(seconds);
    }

    private static String size(PromptDetails details, Catalogue models) {
        return models.find(details.model())
                .map(model -> model.manifest().video().width() + "x"
                        + model.manifest().video().height())
                .orElse(null);
    }

    private static int position(LibraryVideo video, LibraryVideos videos) {
        return (int) videos.all().stream()
                .takeWhile(other -> !other.id().equals(video.id()))
                .filter(other -> !other.history().status().over())
                .count();
    }
}
