package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.library.LibraryVideo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some of the videos, by the time of their prompts. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "VideoPage")
public record VideoPage(String object, List<VideoDocument> data, String firstId, String lastId, boolean hasMore) {

    static final int MAX_VIDEOS = 100;

    /**
     * @param after id of the last video that was seen; null: from the beginning
     * @param ascending oldest first
     * @throws Problem 400 if {@code after} is no video, or {@code limit} is not 1 to 100
     */
    static VideoPage of(VideoServices services, int limit, String after, boolean ascending) {
        if (limit < 1 || limit > MAX_VIDEOS) {
            throw Problem.field("limit", limit, "is outside 1 .. " + MAX_VIDEOS);
        }
        List<LibraryVideo> videos = new ArrayList<>(services.library().videos().all());
        if (!ascending) {
            Collections.reverse(videos);
        }
        int from = after == null
                ? 0
                : 1 + videos.stream().map(LibraryVideo::id).toList().indexOf(after);
        if (after != null && from == 0) {
            throw Problem.field("after", after, "is not the id of a video that is here");
        }
        List<LibraryVideo> some = videos.subList(from, Math.min(videos.size(), from + limit));
        return new VideoPage(
                "list",
                some.stream().map(video -> VideoDocument.of(video, services)).toList(),
                some.isEmpty() ? null : some.get(0).id(),
                some.isEmpty() ? null : some.get(some.size() - 1).id(),
                from + some.size() < videos.size());
    }
}
