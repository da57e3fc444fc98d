package io.longtake.library;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before an object store: passes on what comes, or answers in its place with an error. */
final class S3Front implements AutoCloseable {

    private static final Refusal NONE = new Refusal(0, "", 0);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final URI store;
    private final int port;
    private volatile Refusal refusal = NONE;

    /** @param times that one and the same request is refused before it is passed on */
    private record Refusal(int status, String code, int times) {}

    private S3Front(URI store) {
        this.store = store;
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        this.port = await(server.listen(0, "127.0.0.1")).actualPort();
    }

    static S3Front before(S3Server server) {
        return new S3Front(server.endpoint());
    }

    S3Location place(String prefix) {
        URI here = URI.create("http://127.0.0.1:" + port);
        return new S3Location("videos", prefix, Optional.of(here), Optional.empty(), true);
    }

    void passesOn() {
        refusal = NONE;
    }

    /** From now on every request, however often it comes. */
    void refuses(int status, String code) {
        refusesAtFirst(status, code, Integer.MAX_VALUE);
    }

    /** From now on every request until it has come so many times. */
    void refusesAtFirst(int status, String code, int times) {
        refused.clear();
        refusal = new Refusal(status, code, times);
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void answer(HttpServerRequest request) {
        Refusal now = refusal;
        int before = refused.merge(request.method() + " " + request.uri(), 1, Integer::sum) - 1;
        request.body()
                .compose(body -> before < now.times() ? refuse(request, now) : passOn(request, body))
                .onFailure(e -> request.connection().close());
    }

    private static Future<Void> refuse(HttpServerRequest request, Refusal now) {
        return request.response()
                .setStatusCode(now.status())
                .putHeader("Content-Type", "application/xml")
                .end(String.format(
                        Locale.ROOT, "<Error><Code>%s</Code><Message>so it is</Message></Error>", now.code()));
    }

    /** With the name that the client knows it by, which is in its signature. */
    private Future<Void> passOn(HttpServerRequest request, Buffer body) {
        RequestOptions same = new RequestOptions()
                .setHost(store.getHost())
                .setPort(store.getPort())
                .setMethod(request.method())
                .setURI(request.uri())
                .setHeaders(request.headers());
        return client.request(same).compose(asked -> asked.send(body)).compose(answer -> answer.body()
                .compose(content -> {
                    request.response().setStatusCode(answer.statusCode());
                    request.response().headers().addAll(answer.headers());
                    return request.response().end(content);
                }));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
