package io.longtake.platform;

import io.longtake.event.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what nobody else does, and goes on with it: another process that does the same later shares the work.
 *
 * @param <T> what can be left undone: a Streams application, a stage of the workers
 */
final class Substitute<T> implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(Substitute.class);

    private final String name;
    private final Set<T> duties;
    private final Function<RoleCall, Set<T>> taken;
    private final Function<Set<T>, Role> start;
    private final Set<T> ours = new HashSet<>();
    private final List<Role> played = new CopyOnWriteArrayList<>();
    private Set<T> vacantBefore;
    private boolean closed;
    private volatile String broken;

    /**
     * @param duties all that this may take over
     * @param taken those that somebody does
     * @param start begins to do some of them
     */
    Substitute(String name, Set<T> duties, Function<RoleCall, Set<T>> taken, Function<Set<T>, Role> start) {
        this.name = name;
        this.duties = Set.copyOf(duties);
        this.taken = taken;
        this.start = start;
        this.vacantBefore = this.duties;
    }

    /**
     * Takes over what is done by nobody, and was not at the look before: between two owners Kafka may show none for a moment.
     * The first look takes it at once.
     */
    @Override
    public synchronized void look(RoleCall present) {
        played.forEach(role -> role.look(present));
        Set<T> vacant = new HashSet<>(duties);
        vacant.removeAll(taken.apply(present));
        vacant.removeAll(ours);
        Set<T> due = new HashSet<>(vacant);
        due.retainAll(vacantBefore);
        vacantBefore = vacant;
        if (due.isEmpty() || closed) {
            return;
        }
        LOG.info("nobody plays {} {}: this process does now", name, due);
        begin(due);
    }

    /** A library that cannot be loaded now cannot be loaded later either, and whoever waits for this process is to hear of it. */
    private void begin(Set<T> due) {
        try {
            played.add(start.apply(due));
            ours.addAll(due);
        } catch (Error e) {
            LOG.error("{} {} cannot be played here", name, due, e);
            broken = String.format(Locale.ROOT, "%s cannot be played here: %s", name, Reason.ofFirstCause(e));
        }
    }

    @Override
    public String name() {
        return played.isEmpty() ? name + " in another process" : name;
    }

    @Override
    public boolean ready() {
        return played.stream().allMatch(Role::ready);
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(broken)
                .or(() ->
                        played.stream().flatMap(role -> role.failure().stream()).findFirst());
    }

    @Override
    public synchronized void close() {
        closed = true;
        played.forEach(Role::close);
    }
}
