package io.longtake.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The roles that a process plays. They end at once, for each waits for Kafka most of that time; the broker ends after them. */
final class Roles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Roles.class);

    private final List<Role> roles = new CopyOnWriteArrayList<>();

    void add(Role role) {
        roles.add(role);
    }

    List<Role> all() {
        return List.copyOf(roles);
    }

    boolean ready() {
        return roles.stream().allMatch(Role::ready);
    }

    /** Of the first one that never does its work again. */
    Optional<String> failure() {
        return roles.stream().flatMap(role -> role.failure().stream()).findFirst();
    }

    Optional<Duration> idle() {
        return roles.stream().flatMap(role -> role.idle().stream()).findFirst();
    }

    List<String> describe() {
        return roles.stream()
                .map(role -> role.name()
                        + role.failure().map(why -> " failed: " + why).orElse(role.ready() ? " ready" : " not ready"))
                .toList();
    }

    /** Closing again does nothing. */
    @Override
    public void close() {
        close(role -> !(role instanceof BrokerRole));
        close(role -> true);
    }

    private void close(Predicate<Role> which) {
        List<Role> ending = roles.stream().filter(which).toList();
        roles.removeAll(ending);
        CompletableFuture.allOf(ending.stream().map(Roles::end).toArray(CompletableFuture[]::new))
                .join();
    }

    private static CompletableFuture<Void> end(Role role) {
        return CompletableFuture.runAsync(role::close, task -> new Thread(task, "longtake-ends-" + role.name()).start())
                .exceptionally(fault -> {
                    LOG.warn("{} did not end well", role.name(), fault);
                    return null;
                });
    }
}
