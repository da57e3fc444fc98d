package io.longtake.api;

import io.longtake.director.AdmissionControl;
import io.longtake.director.Catalogue;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import io.longtake.library.Library;
import io.longtake.library.Viewers;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes the place of what a command would serve: whatever the test that runs now has opened last. */
@Mock
@ApplicationScoped
public class ServedByTest implements Served {

    private volatile FakeVideoServices now;

    /** Opens a library of its own in a folder, and serves it from now on. */
    FakeVideoServices open(Path folder) {
        now = new FakeVideoServices(folder);
        return now;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public List<String> roles() {
        return List.of();
    }

    @Override
    public Optional<VideoServices> videos() {
        return Optional.of(new Latest());
    }

    private final class Latest implements VideoServices {

        @Override
        public Library library() {
            return now.library();
        }

        @Override
        public Viewers viewers() {
            return now.viewers();
        }

        @Override
        public Catalogue models() {
            return now.models();
        }

        @Override
        public KnownWords words() {
            return now.words();
        }

        @Override
        public AdmissionControl admission() {
            return now.admission();
        }

        @Override
        public Instant order(Principal asker, PromptEvent event, CarriedHeaders cause) {
            return now.order(asker, event, cause);
        }

        @Override
        public void cancel(Principal asker, String videoId, String reason) {
            now.cancel(asker, videoId, reason);
        }
    }
}
