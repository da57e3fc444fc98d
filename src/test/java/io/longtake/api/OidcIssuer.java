package io.longtake.api;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An OIDC issuer: what it says of itself, its key, and tokens. */
public final class OidcIssuer implements QuarkusTestResourceLifecycleManager {

    private final KeyPair key = rsa();
    private HttpServer http;

    @Override
    public Map<String, String> start() {
        try {
            http = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RSAPublicKey known = (RSAPublicKey) key.getPublic();
        answer(
                "/.well-known/openid-configuration",
                String.format(
                        Locale.ROOT,
                        """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/a", "token_endpoint": "%1$s/t"}
                """,
                        url()));
        answer(
                "/keys",
                String.format(
                        Locale.ROOT,
                        """
                {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "one", "n": "%s", "e": "%s"}]}
                """,
                        base64(known.getModulus()),
                        base64(known.getPublicExponent())));
        http.start();
        return Map.of("quarkus.oidc.tenant-enabled", "true", "quarkus.oidc.auth-server-url", url());
    }

    @Override
    public void inject(TestInjector tests) {
        tests.injectIntoFields(this, new TestInjector.MatchesType(OidcIssuer.class));
    }

    @Override
    public void stop() {
        http.stop(0);
    }

    /** For whom, with these roles, valid until some time from now. */
    String token(String subject, Set<String> roles, Duration valid) {
        return token(key, subject, roles, valid);
    }

    /** As {@link #token}, by somebody who is not the issuer. */
    String forged(String subject, Set<String> roles) {
        return token(rsa(), subject, roles, Duration.ofMinutes(5));
    }

    private String token(KeyPair signer, String subject, Set<String> roles, Duration valid) {
        Instant end = Instant.now().plus(valid);
        return Jwt.issuer(url())
                .subject(subject)
                .groups(roles)
                .issuedAt(end.minus(Duration.ofHours(1)))
                .expiresAt(end)
                .jws()
                .keyId("one")
                .sign(signer.getPrivate());
    }

    private String url() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        http.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return keys.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
