package io.longtake.api;

import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Says who sends the request that is being answered. Unless an OIDC issuer is named nobody is asked. Of a bearer token of the
 * issuer's, one claim is the tenant, and roles named as the rights are, in lower case, are the rights.
 */
@ApplicationScoped
public class Askers {

    private final Optional<SecurityIdentity> identity;
    private final String tenantClaim;

    /** Asks nobody. */
    Askers() {
        this(null, false, "sub");
    }

    /**
     * @param identity of the request that is being answered
     * @param asks whether an issuer is named
     */
    @Inject
    Askers(
            SecurityIdentity identity,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean asks,
            @ConfigProperty(name = "longtake.oidc.tenant-claim") String tenantClaim) {
        this.identity = asks ? Optional.of(identity) : Optional.empty();
        this.tenantClaim = tenantClaim;
    }

    /** @throws Problem 401 if nobody knows who it is, 403 if whoever it is may not do that */
    Principal who(Right right) {
        Principal asker = asker();
        if (!asker.may(right)) {
            throw Problem.of(403, "not allowed", "you may not " + name(right) + " videos here");
        }
        return asker;
    }

    Principal asker() {
        return identity.map(this::asker).orElse(Principal.ANONYMOUS);
    }

    private Principal asker(SecurityIdentity now) {
        try {
            if (now.getPrincipal() instanceof JsonWebToken token) {
                return new Principal(
                        tenant(token),
                        Arrays.stream(Right.values())
                                .filter(right -> now.hasRole(name(right)))
                                .collect(Collectors.toUnmodifiableSet()));
            }
        } catch (AuthenticationFailedException e) {
            throw unknown("the bearer token is none of the issuer's, or not valid now", ", error=\"invalid_token\"");
        } catch (IllegalArgumentException e) {
            throw Problem.of(403, "not allowed", "the token's claim " + tenantClaim + " as " + e.getMessage());
        }
        throw unknown("a bearer token is missing: expected Authorization: Bearer ...", "");
    }

    private String tenant(JsonWebToken token) {
        Object claim = token.getClaim(tenantClaim);
        if (claim == null || claim.toString().isEmpty()) {
            throw new IllegalArgumentException("tenant: expected one, got none");
        }
        return claim.toString();
    }

    /** As RFC 6750 has it. */
    private static Problem unknown(String detail, String error) {
        return Problem.of(401, "who are you?", detail).header("WWW-Authenticate", "Bearer realm=\"longtake\"" + error);
    }

    private static String name(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }
}
