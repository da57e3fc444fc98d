package io.longtake.bench.viewers;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches as players of low-latency HLS do: asks for the playlist that has the next segment, and then for the segment. */
final class HlsViewer extends BenchViewer {

    private static final long AGAIN_MILLIS = 1000;
    private static final Pattern SEGMENT = Pattern.compile("#EXTINF:([0-9.]+),\npieces/(\\d+)\\.m4s\n");

    private final Vertx vertx;
    private final HttpClient client;
    private final URI server;
    private final String video;
    private final int frameRate;

    HlsViewer(Vertx vertx, HttpClient client, URI server, String videoId, int frameRate, ViewerProgress progress) {
        super(ViewerResult.ViewerKind.HLS, progress);
        this.vertx = vertx;
        this.client = client;
        this.server = server;
        this.video = "/v1/videos/" + videoId + "/";
        this.frameRate = frameRate;
    }

    /** Begins with the header, as soon as the first playlist is there. */
    void watch() {
        get(
                "live.m3u8",
                playlist -> get("init.mp4", header -> {
                    bytes(header.getBytes());
                    next(1, playlist.toString());
                }));
    }

    private void next(int number, String playlist) {
        Matcher segment = SEGMENT.matcher(playlist);
        while (segment.find()) {
            if (Integer.parseInt(segment.group(2)) == number) {
                long frames = Math.round(Double.parseDouble(segment.group(1)) * frameRate);
                get("pieces/" + number + ".m4s", fragment -> {
                    bytes(fragment.getBytes());
                    frames(frames);
                    next(number + 1, playlist);
                });
                return;
            }
        }
        if (playlist.contains("#EXT-X-ENDLIST")) {
            end();
        } else {
            get(
                    String.format(Locale.ROOT, "live.m3u8?_HLS_msn=%d&_HLS_part=0", number - 1),
                    longer -> next(number, longer.toString()));
        }
    }

    private void get(String address, java.util.function.Consumer<Buffer> use) {
        client.request(HttpMethod.GET, server.getPort(), server.getHost(), video + address)
                .compose(HttpClientRequest::send)
                .compose(answer -> read(answer, address))
                .onSuccess(body -> {
                    if (body == null) {
                        vertx.setTimer(AGAIN_MILLIS, again -> get(address, use));
                    } else {
                        use.accept(body);
                    }
                })
                .onFailure(failed -> fail(failed.toString()));
    }

    /** Nothing if the server asks for patience. */
    private static Future<Buffer> read(HttpClientResponse answer, String address) {
        return answer.body().compose(body -> switch (answer.statusCode()) {
            case 200 -> Future.succeededFuture(body);
            case 503 -> Future.succeededFuture();
            default -> Future.failedFuture(address + ": " + answer.statusCode() + " " + body);
        });
    }
}
