package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an OIDC issuer is named, its bearer tokens say who asks. */
@QuarkusTest
@TestProfile(OidcTest.Issued.class)
class OidcTest {

    private static final Duration VALID = Duration.ofMinutes(5);
    private static final String JSON = "application/json";
    private static final String BODY = "{\"prompt\": \"a drive at night\"}";

    /** With an issuer. */
    public static final class Issued implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OidcIssuer.class));
        }
    }

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    OidcIssuer issuer;

    @AutoClose
    private FakeVideoServices services;

    private Http http;

    @BeforeEach
    void open() {
        services = served.open(folder);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
    }

    @Test
    void a_token_says_on_whose_account_and_with_what_rights() {
        HttpResponse<byte[]> ordered = order(issuer.token("acme", Set.of("order", "reader"), VALID));

        assertThat(ordered.statusCode()).as(Http.text(ordered)).isEqualTo(200);
        assertThat(services.askers).containsExactly(new Principal("acme", Set.of(Right.ORDER)));
    }

    @Test
    void a_right_that_the_token_does_not_give_is_not_had() {
        HttpResponse<byte[]> refused = order(issuer.token("acme", Set.of("cancel", "delete"), VALID));

        assertRefused(refused, 403, "you may not order videos here");
    }

    @Test
    void without_a_token_nothing_is_asked_for() {
        HttpResponse<byte[]> refused = http.post("/v1/videos", JSON, BODY);

        assertRefused(refused, 401, "a bearer token is missing: expected Authorization: Bearer ...");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"longtake\"");
    }

    @Test
    void a_token_that_is_forged_or_over_or_none_is_as_good_as_none() {
        for (String bad : List.of(
                issuer.forged("acme", Set.of("order")),
                issuer.token("acme", Set.of("order"), VALID.negated()),
                "x.y.z",
                "garbage")) {
            HttpResponse<byte[]> refused = order(bad);

            assertRefused(refused, 401, "the bearer token is none of the issuer's, or not valid now");
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"longtake\", error=\"invalid_token\"");
        }
    }

    @Test
    void an_account_that_is_no_plain_name_is_told_so() {
        HttpResponse<byte[]> refused = order(issuer.token("acme|mallory", Set.of("order"), VALID));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Http.json(refused).get("detail").asText())
                .startsWith("the token's claim sub as tenant: expected up to 64 letters");
    }

    @Test
    void whoever_only_looks_is_not_asked() {
        assertThat(http.get("/v1/videos").statusCode()).isEqualTo(200);
        assertThat(http.get("/v1/videos", "Authorization", "Bearer garbage").statusCode())
                .isEqualTo(200);
        assertThat(http.get("/q/health").statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> order(String token) {
        return http.post("/v1/videos", JSON, BODY, "Authorization", "Bearer " + token);
    }

    private void assertRefused(HttpResponse<byte[]> refused, int status, String detail) {
        assertThat(refused.statusCode()).as(Http.text(refused)).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Http.json(refused).get("detail").asText()).isEqualTo(detail);
        assertThat(services.ordered).isEmpty();
    }
}
