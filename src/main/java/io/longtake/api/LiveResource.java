package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.video.Mp4Header;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * A video as HLS, while it grows and afterwards. Nobody who waits holds a thread, and what many want is written and read once.
 */
@Path("/v1/videos/{video_id}")
@Tag(name = "Live playback", description = "Low-latency HLS: any number of viewers, one generation")
public class LiveResource {

    static final String PLAYLIST = "application/vnd.apple.mpegurl";

    private static final String VIEWER =
            "A name that the player makes up for this playback, and says its playhead under";

    /** For the first second of a video: a player that comes at once need not come again. Proxies give up after a minute. */
    private static final Duration FIRST = Duration.ofSeconds(30);

    /**
     * For more of it. The specification thinks of three target durations and an error; a video may be made slower than it
     * plays, and players take errors for a broken network: what is said after this time is the playlist as it is.
     */
    private static final Duration MORE = Duration.ofSeconds(6);

    private final VideoServices services;
    private final PlaylistTexts playlists = new PlaylistTexts();
    private final PlaylistReaders readers = new PlaylistReaders();

    LiveResource(VideoServices services) {
        this.services = services;
    }

    @GET
    @Path("/master.m3u8")
    @Operation(operationId = "masterPlaylist", summary = "The address to give to a player")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/vnd.apple.mpegurl"))
    public Uni<Response> master(
            @PathParam("video_id") String id,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"0", "live"},
                                            defaultValue = "0"))
                    @QueryParam("start")
                    @DefaultValue("0")
                    String start,
            @Parameter(description = VIEWER, schema = @Schema(type = SchemaType.STRING, pattern = PlaybackSession.NAME))
                    @QueryParam("viewer")
                    String viewer) {
        PlaybackSession session = PlaybackSession.begins(start, viewer);
        return playable(id, PlaylistReload.of(null, null), FIRST, video -> {
            byte[] header = read(video, video.fragments().all().get(0));
            MasterPlaylist playlist = new MasterPlaylist(
                    video.fragments(),
                    Mp4Header.read(header),
                    video.history().frameRate(),
                    video.over(),
                    session.query(System.currentTimeMillis()));
            return playlist(playlist.text().getBytes(StandardCharsets.UTF_8));
        });
    }

    @GET
    @Path("/live.m3u8")
    @Operation(
            operationId = "mediaPlaylist",
            summary = "The video's segments so far",
            description =
                    "start=0, as without it, plays from the beginning; start=live from the live edge. Waits for the"
                            + " segment that _HLS_msn and _HLS_part name. Without them, a viewer that has a name and knows all that"
                            + " there is gets the next playlist when there is more. _HLS_skip=YES leaves out what is more than a"
                            + " minute old. viewer and since are as the master playlist has them.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "application/vnd.apple.mpegurl"))
    public Uni<Response> live(
            @PathParam("video_id") String id,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"0", "live"},
                                            defaultValue = "0"))
                    @QueryParam("start")
                    @DefaultValue("0")
                    String start,
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = PlaybackSession.NAME)) @QueryParam("viewer")
                    String viewer,
            @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = PlaybackSession.TIME)) @QueryParam("since")
                    String since,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = Numbers.MAX))
                    @QueryParam("_HLS_msn")
                    String sequence,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = Numbers.MAX))
                    @QueryParam("_HLS_part")
                    String part,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"YES", "v2"}))
                    @QueryParam("_HLS_skip")
                    String skip,
            @Context RoutingContext http) {
        LibraryVideo now = services.video(id);
        PlaybackSession session = PlaybackSession.goesOn(start, viewer, since, System.currentTimeMillis());
        PlaylistReload reload = PlaylistReload.of(sequence, part).within(now);
        boolean delta = PlaylistReload.isDelta(skip);
        session.to(now, services.viewers()); // now and when it is answered: between the two it waits
        if (sequence == null && readers.awaitsMore(now, session)) {
            return held(now, session, delta).to(http);
        }
        return playable(
                id, reload, now.fragments().playable() ? MORE : FIRST, video -> playlist(told(video, session, delta)));
    }

    private HeldPlaylist held(LibraryVideo known, PlaybackSession session, boolean delta) {
        int fragments = known.fragments().next();
        Predicate<LibraryVideo> news =
                video -> video.over() || video.fragments().next() > fragments;
        return new HeldPlaylist(
                () -> {
                    services.library()
                            .videos()
                            .find(known.id())
                            .ifPresent(video -> session.to(video, services.viewers()));
                    return Uni.createFrom()
                            .completionStage(
                                    () -> services.library().videos().await(known.id(), news, HeldPlaylist.BREATH))
                            .emitOn(Infrastructure.getDefaultWorkerPool());
                },
                news,
                video -> told(video, session, delta));
    }

    private byte[] told(LibraryVideo video, PlaybackSession session, boolean delta) {
        session.to(video, services.viewers());
        readers.tell(video, session);
        return playlists.text(video, session.start(), delta);
    }

    @GET
    @Path("/init.mp4")
    @Operation(operationId = "initializationSection", summary = "The video's header")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "video/mp4"))
    public Uni<Response> header(@PathParam("video_id") String id, @HeaderParam("If-None-Match") String ifNoneMatch) {
        return fragment(id, 0, "video/mp4", ifNoneMatch);
    }

    @GET
    @Path("/pieces/{number}.m4s")
    @Operation(
            operationId = "mediaSegment",
            summary = "One segment, from 1",
            description = "The next one is waited for, as the playlist's preload hint promises. It never changes.")
    @APIResponse(responseCode = "200", content = @Content(mediaType = "video/iso.segment"))
    public Uni<Response> segment(
            @PathParam("video_id") String id,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = Numbers.MAX))
                    @PathParam("number")
                    String number,
            @HeaderParam("If-None-Match") String ifNoneMatch) {
        return fragment(id, Numbers.from(1, "number", number), "video/iso.segment", ifNoneMatch);
    }

    private Uni<Response> playable(
            String id, PlaylistReload reload, Duration patience, Function<LibraryVideo, Response> answer) {
        return video(id, reload::satisfiedBy, patience, video -> {
            if (!video.fragments().playable() || video.history().frameRate() < 1) {
                throw video.over()
                        ? Problem.of(
                                404,
                                "nothing to watch",
                                "video " + id + " ended before its first second: "
                                        + video.history().message())
                        : Problem.of(
                                        503,
                                        "nothing to watch yet",
                                        "no second of video " + id + " is finished; try again")
                                .header("Retry-After", "1");
            }
            requireHls(video);
            return answer.apply(video);
        });
    }

    private Uni<Response> fragment(String id, int number, String type, String ifNoneMatch) {
        LibraryVideo now = services.video(id);
        boolean hinted = number == now.fragments().next() && !now.over();
        return video(
                id, video -> video.over() || video.fragments().has(number), hinted ? FIRST : Duration.ZERO, video -> {
                    if (!video.fragments().has(number)) {
                        throw Problem.of(
                                404,
                                "no such segment",
                                "video " + id + " has no segment " + number + "; it has "
                                        + video.fragments().segments().size());
                    }
                    requireHls(video);
                    StoredFragment fragment = video.fragments().all().get(number);
                    services.viewers().fetched(video, fragment);
                    String tag = "\"" + fragment.fileName() + "\"";
                    if (tag.equals(ifNoneMatch)) {
                        return Response.notModified().header("ETag", tag).build();
                    }
                    return Response.ok(read(video, fragment), type)
                            .header("Cache-Control", "public, max-age=31536000, immutable")
                            .header("ETag", tag)
                            .build();
                });
    }

    private Uni<Response> video(
            String id, Predicate<LibraryVideo> condition, Duration patience, Function<LibraryVideo, Response> answer) {
        services.video(id);
        return Uni.createFrom()
                .completionStage(() -> services.library().videos().await(id, condition, patience))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(video -> answer.apply(video.orElseThrow(() -> Problem.unknownVideo(id))));
    }

    private static void requireHls(LibraryVideo video) {
        if (!video.fragments().container().equals("mp4")) {
            throw Problem.of(
                    404,
                    "not for playing live",
                    "video " + video.id() + " is not H.264 but "
                            + video.fragments().container() + ": fetch its content");
        }
    }

    private static Response playlist(byte[] text) {
        return Response.ok(text, PLAYLIST).header("Cache-Control", "no-cache").build();
    }

    private byte[] read(LibraryVideo video, StoredFragment fragment) {
        return services.library().fragments().read(video.id(), fragment).bytes();
    }
}
