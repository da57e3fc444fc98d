package io.longtake.api;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.Principal.Right;
import io.longtake.event.PromptEvent;
import io.longtake.library.LibraryVideo;
import io.longtake.library.PromptDetails;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sends what is ordered over HTTP, each order once. */
@ApplicationScoped
public class VideoOrders {

    /** Requests with different keys rarely wait for each other. */
    private static final int TURNS = 64;

    /** The librarian hears of what others sent milliseconds after Kafka has it. */
    private static final Duration HEARD = Duration.ofSeconds(5);

    private final VideoServices services;
    private final Askers askers;
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    VideoOrders(VideoServices services, Askers askers) {
        this.services = services;
        this.askers = askers;
    }

    /**
     * The video that a request asks for, as it is known once Kafka has its prompt event.
     *
     * @param key of the request; null or blank: it has none
     * @param http the headers of the request
     * @throws Problem if the order is refused
     */
    LibraryVideo order(String key, VideoRequest request, HttpHeaders http) {
        Principal asker = askers.who(Right.ORDER);
        boolean keyed = key != null && !key.isBlank();
        String id =
                keyed ? new IdempotencyKey(key).videoId() : UUID.randomUUID().toString();
        PromptEvent event = request.event(id, services.models());
        LibraryVideo video;
        synchronized (turns[Math.floorMod(id.hashCode(), TURNS)]) { // whoever comes second sees what the first has sent
            video = ordered(asker, event, trace(http));
        }
        PromptDetails known = video.history().details();
        if (keyed && known != null && !known.equals(PromptDetails.of(event))) {
            throw Problem.of(
                    422,
                    "Idempotency-Key used before",
                    "video " + id + " was asked for with this Idempotency-Key and another body; take another key");
        }
        return video;
    }

    /** The video as soon as a condition holds, or as it is after a while; nothing if it is gone then. */
    Optional<LibraryVideo> heard(String id, Predicate<LibraryVideo> condition) {
        return services.library().videos().await(id, condition, HEARD).join();
    }

    private LibraryVideo ordered(Principal asker, PromptEvent event, CarriedHeaders cause) {
        String id = event.getVideoId();
        if (services.library().wasDeleted(id)) {
            throw Problem.of(410, "video deleted", "the video of this Idempotency-Key was deleted; take another key");
        }
        if (services.library().videos().find(id).isPresent()) {
            // by another server perhaps, whose news of it were read before its prompt
            return heard(id, now -> now.history().details() != null).orElseThrow(() -> Problem.unknownVideo(id));
        }
        OrderAnswers.check(services.admission().admit(asker, event));
        Instant sentAt = services.order(asker, event, cause);
        return services.library().sent(event, sentAt.toEpochMilli());
    }

    private static CarriedHeaders trace(HttpHeaders http) {
        return CarriedHeaders.ofTrace(http.getHeaderString("traceparent"), http.getHeaderString("tracestate"));
    }
}
