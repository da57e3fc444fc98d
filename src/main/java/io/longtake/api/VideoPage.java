package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.library.LibraryVideo;
import io.longtake.library.LibraryVideos;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some of the videos, by the time of their prompts. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "VideoPage")
public record VideoPage(
        String object,
        List<VideoDocument> data,
        @Schema(nullable = true) String firstId,
        @Schema(nullable = true) String lastId,
        boolean hasMore) {

    static final int MAX_VIDEOS = 100;

    /**
     * @param after id of the last video that was seen, which may have been deleted since; null: from the beginning
     * @param ascending oldest first
     * @param prefix before the addresses of the videos
     * @throws Problem 404 if {@code after} never was a video, 400 if {@code limit} is not 1 to 100
     */
    static VideoPage of(VideoServices services, int limit, String after, boolean ascending, PathPrefix prefix) {
        if (limit < 1 || limit > MAX_VIDEOS) {
            throw Problem.field("limit", limit, "is outside 1 .. " + MAX_VIDEOS);
        }
        LibraryVideos all = services.library().videos();
        List<LibraryVideo> rest = after == null
                ? all.all()
                : all.rank(after)
                        .map(rank -> ascending ? all.later(rank) : all.earlier(rank))
                        .orElseThrow(() -> Problem.unknownVideo("after", after));
        List<LibraryVideo> videos = new ArrayList<>(rest);
        if (!ascending) {
            Collections.reverse(videos);
        }
        List<LibraryVideo> some = videos.subList(0, Math.min(videos.size(), limit));
        return new VideoPage(
                "list",
                some.stream()
                        .map(video -> VideoDocument.of(video, services, prefix))
                        .toList(),
                some.isEmpty() ? null : some.get(0).id(),
                some.isEmpty() ? null : some.get(some.size() - 1).id(),
                some.size() < videos.size());
    }
}
