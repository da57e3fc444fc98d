package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second who is at work, and tells the roles of this process. */
final class RoleWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoleWatch.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Groups groups;
    private final List<Role> roles;
    private final Thread thread = new Thread(this::watch, "longtake-role-watch");

    private RoleWatch(Groups groups, List<Role> roles) {
        this.groups = groups;
        this.roles = List.copyOf(roles);
        thread.setDaemon(true);
    }

    /**
     * Returns after the first look.
     *
     * @param stages whose workers are looked for
     * @throws KafkaException if Kafka does not answer
     */
    static RoleWatch start(KafkaConnection kafka, GroupProtocols protocols, Set<String> stages, List<Role> roles) {
        RoleWatch watch = new RoleWatch(Groups.of(kafka, protocols, stages), roles);
        try {
            watch.look();
        } catch (RuntimeException e) {
            watch.groups.close();
            throw e;
        }
        watch.thread.start();
        return watch;
    }

    private void look() {
        RoleCall present = RoleCall.of(groups);
        roles.forEach(role -> role.look(present));
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(ROUND.toMillis());
                look();
            } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException closed) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("cannot see who is at work, looking again: {}", e.toString());
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        groups.close();
    }
}
