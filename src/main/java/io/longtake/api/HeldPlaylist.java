package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The answer to a player that asks for its playlist again while there is nothing new: it begins at once, and goes on when there
 * is. Recorders take a playlist that says the same for three target durations for the end of the video; one that takes long is none.
 * Until then a comment is sent now and then, so that neither player nor proxy takes the connection for broken.
 *
 * @param again the video as soon as there is more of it, or as it is after a {@link #BREATH}; nothing if it was deleted
 * @param news whether there is more of it
 * @param text the playlist
 */
record HeldPlaylist(
        Supplier<Uni<Optional<LibraryVideo>>> again,
        Predicate<LibraryVideo> news,
        Function<LibraryVideo, byte[]> text) {

    static final Duration BREATH = Duration.ofSeconds(4);

    /** A quarter of an hour: by then a task whose worker is gone is sent again. */
    private static final int BREATHS = 225;

    private static final byte[] BEGINNING = "#EXTM3U\n".getBytes(StandardCharsets.US_ASCII);
    private static final String COMMENT = "# the next second is being made\n";

    Uni<Response> to(RoutingContext http) {
        HttpServerResponse response = http.response();
        response.setChunked(true)
                .putHeader("Content-Type", LiveResource.PLAYLIST)
                .putHeader("Cache-Control", "no-cache");
        AtomicInteger breaths = new AtomicInteger();
        return write(response, BEGINNING)
                .flatMap(begun -> Multi.createBy()
                        .repeating()
                        .uni(() -> again.get().flatMap(video -> breathe(video, breaths, response)))
                        .whilst(Optional::isEmpty)
                        .collect()
                        .last())
                .map(Optional::get)
                .map(video -> rest(text.apply(video)))
                .flatMap(rest -> Uni.createFrom()
                        .completionStage(() -> response.end(Buffer.buffer(rest)).toCompletionStage()))
                .onFailure()
                .invoke(gone -> ContentResource.cut(http)) // half a playlist must not look like a whole one
                .onFailure()
                .recoverWithNull()
                .replaceWith((Response) null);
    }

    /** The video if the answer is to go on; nothing if it was only kept alive. */
    private Uni<Optional<LibraryVideo>> breathe(
            Optional<LibraryVideo> found, AtomicInteger breaths, HttpServerResponse response) {
        LibraryVideo video = found.orElseThrow(() -> new IllegalStateException("the video was deleted"));
        if (news.test(video) || breaths.incrementAndGet() > BREATHS) {
            return Uni.createFrom().item(Optional.of(video));
        }
        return write(response, COMMENT.getBytes(StandardCharsets.US_ASCII)).replaceWith(Optional.empty());
    }

    private static Uni<Void> write(HttpServerResponse response, byte[] bytes) {
        return Uni.createFrom()
                .completionStage(() -> response.write(Buffer.buffer(bytes)).toCompletionStage());
    }

    private static byte[] rest(byte[] playlist) {
        return Arrays.copyOfRange(playlist, BEGINNING.length, playlist.length);
    }
}
