package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.director.Catalogue;
import io.longtake.library.Film;
import io.longtake.library.Pace;
import io.longtake.library.Shelf;
import io.longtake.library.Video;
import io.longtake.library.Wish;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A film as HTTP tells it: the fields of the OpenAI Videos API, then ours.
 *
 * @param object always {@code video}
 * @param status queued, in_progress, completed or failed; a cancelled film is failed with the error code {@code cancelled}
 * @param progress whole percent of the film that can be watched
 * @param createdAt seconds since 1970
 * @param completedAt seconds since 1970; null while it is not completed
 * @param expiresAt always null: films stay until they are deleted
 * @param seconds length of the whole film, as a string
 * @param size width x height; null where the model is not known here
 * @param frames that can be watched
 * @param playback how fast it comes, and when it plays without a stop
 * @param queuePosition films before it that are not finished, of a queued one; otherwise null
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Video")
public record VideoDocument(
        String id,
        String object,
        String model,
        String status,
        int progress,
        long createdAt,
        @Schema(nullable = true) Long completedAt,
        @Schema(nullable = true) Long expiresAt,
        String seconds,
        @Schema(nullable = true) String size,
        @Schema(nullable = true) String prompt,
        @Schema(nullable = true) Failure error,
        @Schema(nullable = true) String remixedFromVideoId,
        @Schema(nullable = true) String negativePrompt,
        @Schema(nullable = true) Long seed,
        @Schema(nullable = true) Double guidance,
        @Schema(nullable = true) Integer steps,
        long frames,
        long totalFrames,
        int frameRate,
        @Schema(nullable = true) Integer queuePosition,
        List<Stage> stages,
        Playback playback,
        Urls urls) {

    /** Why there is no whole film: {@code cancelled}, or {@code failed}. */
    @Schema(name = "VideoError")
    public record Failure(String code, String message) {}

    /** How many frames a stage has done. */
    @Schema(name = "VideoStage")
    public record Stage(String name, long frames) {}

    /**
     * What a viewer should know before starting; null: not known yet.
     *
     * @param firstPictureAfter seconds from the prompt to the first second that could be watched
     * @param realTimeFactor seconds of film that come in a second; of a film that is over: that came
     * @param smoothStartIn seconds until playback from the beginning runs to the end without a stop; 0: at once
     */
    @Schema(name = "VideoPlayback")
    @JsonNaming(SnakeCaseStrategy.class)
    public record Playback(
            @Schema(nullable = true) Double firstPictureAfter,
            @Schema(nullable = true) Double realTimeFactor,
            @Schema(nullable = true) Double smoothStartIn) {

        static Playback of(Film film, long now) {
            Pace pace = Pace.of(film, now);
            long first = film.video().firstAt();
            return new Playback(
                    first == 0 ? null : rounded((first - film.video().createdAt()) / 1000.0),
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

    /** Where the film is. */
    @Schema(name = "VideoUrls")
    public record Urls(String content, String thumbnail, String spritesheet, String events, String hls) {
        static Urls of(String id) {
            String base = "/v1/videos/" + id;
            return new Urls(
                    base + "/content",
                    base + "/content?variant=thumbnail",
                    base + "/content?variant=spritesheet",
                    base + "/events",
                    base + "/master.m3u8");
        }
    }

    static VideoDocument of(Film film, Studio studio) {
        Video video = film.video();
        Wish wish = video.wish();
        Video.Status status = film.status();
        boolean failed = status == Video.Status.FAILED || status == Video.Status.CANCELLED;
        return new VideoDocument(
                video.id(),
                "video",
                wish == null ? "unknown" : wish.model(),
                name(status),
                progress(film),
                video.createdAt() / 1000,
                status == Video.Status.FINISHED ? video.endedAt() / 1000 : null,
                null,
                seconds(video),
                wish == null ? null : size(wish, studio.models()),
                wish == null ? null : wish.prompt(),
                failed ? new Failure(status.name().toLowerCase(java.util.Locale.ROOT), why(video)) : null,
                null,
                wish == null ? null : wish.negativePrompt(),
                wish == null ? null : wish.seed(),
                wish == null ? null : wish.guidance(),
                wish == null ? null : wish.steps(),
                film.reel().frames(),
                video.totalFrames(),
                video.frameRate(),
                status == Video.Status.QUEUED ? position(film, studio.library().shelf()) : null,
                video.stages().entrySet().stream()
                        .map(stage -> new Stage(stage.getKey(), stage.getValue()))
                        .toList(),
                Playback.of(film, System.currentTimeMillis()),
                Urls.of(video.id()));
    }

    private static String name(Video.Status status) {
        return switch (status) {
            case QUEUED -> "queued";
            case RUNNING -> "in_progress";
            case FINISHED -> "completed";
            case FAILED, CANCELLED -> "failed";
        };
    }

    /** 100 only for a film that is whole. */
    private static int progress(Film film) {
        long total = film.video().totalFrames();
        return total == 0 ? 0 : (int) Math.min(100, 100 * film.reel().frames() / total);
    }

    private static String why(Video video) {
        return video.message().isEmpty() ? "no reason was given" : video.message();
    }

    private static String seconds(Video video) {
        double seconds = video.totalFrames() > 0 && video.frameRate() > 0
                ? (double) video.totalFrames() / video.frameRate()
                : video.wish() == null ? 0 : video.wish().seconds();
        return Double.isFinite(seconds)
                ? new BigDecimal(seconds)
                        .setScale(3, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(seconds);
    }

    private static String size(Wish wish, Catalogue models) {
        return models.find(wish.model())
                .map(model -> model.manifest().film().width() + "x"
                        + model.manifest().film().height())
                .orElse(null);
    }

    private static int position(Film film, Shelf shelf) {
        return (int) shelf.all().stream()
                .takeWhile(other -> !other.id().equals(film.id()))
                .filter(other -> !other.video().status().over())
                .count();
    }
}
