package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.library.Film;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some of the films, by the time of their prompts. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "VideoPage")
public record VideoPage(String object, List<VideoDocument> data, String firstId, String lastId, boolean hasMore) {

    static final int MOST = 100;

    /**
     * @param after id of the last film that was seen; null: from the beginning
     * @param ascending oldest first
     * @throws Problem 400 where {@code after} is no film, or {@code limit} is not 1 to 100
     */
    static VideoPage of(Studio studio, int limit, String after, boolean ascending) {
        if (limit < 1 || limit > MOST) {
            throw Problem.field("limit", limit, "is outside 1 .. " + MOST);
        }
        List<Film> films = new ArrayList<>(studio.library().shelf().all());
        if (!ascending) {
            Collections.reverse(films);
        }
        int from = after == null ? 0 : 1 + films.stream().map(Film::id).toList().indexOf(after);
        if (after != null && from == 0) {
            throw Problem.field("after", after, "is not the id of a film that is here");
        }
        List<Film> some = films.subList(from, Math.min(films.size(), from + limit));
        return new VideoPage(
                "list",
                some.stream().map(film -> VideoDocument.of(film, studio)).toList(),
                some.isEmpty() ? null : some.get(0).id(),
                some.isEmpty() ? null : some.get(some.size() - 1).id(),
                from + some.size() < films.size());
    }
}
