package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites can do here, in the browser of somebody who can reach this server: nothing. */
@QuarkusTest
class ForeignPagesTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    private Http http;

    @BeforeEach
    void open() {
        services = served.open(folder);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost:1", "http://localhost.evil.example", "null", ""})
    void they_order_nothing(String origin) {
        HttpResponse<byte[]> refused = http.post("/v1/videos", FORM, "prompt=a+drive", "Origin", origin);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Http.json(refused).get("detail").asText()).contains("quarkus.http.cors.origins");
        assertThat(services.ordered).isEmpty();
    }

    @Test
    void they_cancel_and_delete_nothing() throws IOException {
        String id = services.order(2);

        for (String[] request : new String[][] {{"POST", "/cancel"}, {"DELETE", ""}}) {
            assertThat(RawRequest.answer(
                            root,
                            request[0],
                            "/v1/videos/" + id + request[1],
                            "Host: " + root.getAuthority(),
                            "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403 ");
        }
        assertThat(services.cancelled).isEmpty();
        assertThat(services.deleted).isEmpty();
    }

    @Test
    void they_open_no_socket() throws IOException {
        String id = services.order(2);

        assertThat(RawRequest.answer(
                        root,
                        "GET",
                        "/v1/videos/" + id + "/frames",
                        "Host: " + root.getAuthority(),
                        "Upgrade: websocket",
                        "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void our_own_page_orders_also_behind_a_proxy_that_says_its_name() {
        String own = "http://" + root.getAuthority();

        assertThat(http.post("/v1/videos", FORM, "prompt=a+drive", "Origin", own)
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.post(
                                "/v1/videos",
                                FORM,
                                "prompt=a+drive",
                                "Origin",
                                "https://videos.example",
                                "X-Forwarded-Host",
                                "videos.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"same-origin, 200", "same-site, 403", "cross-site, 403", "none, 403"})
    void a_browser_knows_what_our_own_page_is_when_a_proxy_says_no_name(String site, int status) {
        assertThat(http.post(
                                "/v1/videos",
                                FORM,
                                "prompt=a+drive",
                                "Origin",
                                "https://videos.example",
                                "Sec-Fetch-Site",
                                site)
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void whoever_gives_this_server_a_name_of_his_own_is_not_answered() throws IOException {
        assertThat(RawRequest.answer(root, "GET", "/v1/videos", "Host: evil.example:" + root.getPort()))
                .startsWith("HTTP/1.1 421 ")
                .contains("longtake.http.hosts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "127.0.0.1:8080",
                "[::1]:8080",
                "10.0.0.7",
                "longtake",
                "longtake:80",
                "host.docker.internal",
                "longtake.default.svc.cluster.local",
                "LOCALHOST.",
                "videos.example",
                "Videos.Example:443"
            })
    void a_name_that_nobody_else_can_have_is_ours(String host) {
        assertThat(named("videos.example").isOurs(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "local.evil.example", "evillocal.example", "", "a b"})
    void any_other_name_is_not(String host) {
        assertThat(named("videos.example").isOurs(host)).isFalse();
    }

    private static HostCheck named(String name) {
        return new HostCheck(java.util.Optional.of(java.util.List.of(name)));
    }
}
