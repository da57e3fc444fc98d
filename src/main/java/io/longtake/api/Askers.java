package io.longtake.api;

import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Says who sends the request that is being answered. */
@ApplicationScoped
public class Askers {

    /** @throws Problem 403 if whoever it is may not do that */
    Principal who(Right right) {
        Principal asker = asker();
        if (!asker.may(right)) {
            String what = right.name().toLowerCase(Locale.ROOT);
            throw Problem.of(403, "not allowed", "you may not " + what + " videos here");
        }
        return asker;
    }

    /** Nobody is asked who they are: what an identity provider says of a request is to become a principal here. */
    Principal asker() {
        return Principal.ANONYMOUS;
    }
}
