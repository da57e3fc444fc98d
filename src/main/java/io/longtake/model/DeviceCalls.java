package io.longtake.model;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The calls that a device takes at once: a place for each. Work is done {@linkplain #inTurn in turn}: the call whose work has the
 * smallest rank gets the next place, and of equal ones the one whose work began first.
 *
 * <p>A CPU also keeps a place for work that is between two of its calls, unless it is the last place. That work needs the processor
 * too, and would otherwise wait, at each of its calls, for a longer one of somebody who can wait.
 */
final class DeviceCalls {

    /** System property: how many calls a CPU takes at once, each on a thread of its own. By default as many as it has processors. */
    static final String PROPERTY = "longtake.calls";

    private static final int MOST = 256;

    /** A piece of work with several calls, perhaps on several threads. */
    private static final class Turn {

        private static final Comparator<Turn> ORDER =
                Comparator.<Turn>comparingDouble(turn -> turn.rank).thenComparingLong(turn -> turn.arrival);

        private final double rank;
        private final long arrival;
        private int calls;

        private Turn(double rank, long arrival) {
            this.rank = rank;
            this.arrival = arrival;
        }

        private boolean isBefore(Turn other) {
            return ORDER.compare(this, other) < 0;
        }
    }

    /** A call that wants places. */
    private record Waiting(Turn turn, long arrival, int places) implements Comparable<Waiting> {

        private static final Comparator<Waiting> ORDER =
                Comparator.comparing(Waiting::turn, Turn.ORDER).thenComparingLong(Waiting::arrival);

        @Override
        public int compareTo(Waiting other) {
            return ORDER.compare(this, other);
        }
    }

    private final int atOnce;
    private final boolean keepsPlaces;
    private final ThreadLocal<Turn> turn = new ThreadLocal<>();
    private final Set<Turn> turns = new HashSet<>();
    private final TreeSet<Waiting> waiting = new TreeSet<>();
    private int free;
    private long arrivals;

    private DeviceCalls(int atOnce, boolean keepsPlaces) {
        this.atOnce = atOnce;
        this.keepsPlaces = keepsPlaces;
        this.free = atOnce;
    }

    /** An accelerator is full with one call, and has nothing to do while work is between two. */
    static DeviceCalls ofAccelerator() {
        return new DeviceCalls(1, false);
    }

    /** @throws IllegalArgumentException if the property is no number from 1 to 256 */
    static DeviceCalls ofCpu() {
        String asked = System.getProperty(PROPERTY, "").strip();
        if (asked.isEmpty()) {
            return new DeviceCalls(Math.min(MOST, Runtime.getRuntime().availableProcessors()), true);
        }
        if (!asked.matches("[1-9][0-9]{0,2}") || Integer.parseInt(asked) > MOST) {
            throw new IllegalArgumentException(PROPERTY + " must be from 1 to " + MOST + ", found '" + asked + "'");
        }
        return new DeviceCalls(Integer.parseInt(asked), true);
    }

    int atOnce() {
        return atOnce;
    }

    /** How many calls wait for a place. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Does work whose calls, on this thread, have a rank. */
    <T> T inTurn(double rank, Supplier<T> work) {
        Turn mine = begin(rank);
        try {
            return within(mine, work);
        } finally {
            end(mine);
        }
    }

    /** The same work, for other threads: its calls are of this thread's turn. */
    <T> List<Supplier<T>> sameTurn(List<Supplier<T>> parts) {
        Turn mine = turn.get();
        return parts.stream().<Supplier<T>>map(part -> () -> within(mine, part)).toList();
    }

    <T> T run(Supplier<T> call) {
        return run(call, 1);
    }

    /** Runs something while no call is under way. */
    <T> T runAlone(Supplier<T> work) {
        return run(work, atOnce);
    }

    private <T> T within(Turn mine, Supplier<T> work) {
        Turn outer = turn.get();
        turn.set(mine);
        try {
            return work.get();
        } finally {
            turn.set(outer);
        }
    }

    private <T> T run(Supplier<T> work, int places) {
        Turn ongoing = turn.get();
        Turn mine = ongoing == null ? begin(Double.NEGATIVE_INFINITY) : ongoing;
        enter(mine, places);
        try {
            return work.get();
        } finally {
            leave(mine, places);
            if (ongoing == null) {
                end(mine);
            }
        }
    }

    private synchronized Turn begin(double rank) {
        Turn fresh = new Turn(rank, arrivals++);
        turns.add(fresh);
        return fresh;
    }

    private synchronized void end(Turn mine) {
        turns.remove(mine);
        notifyAll();
    }

    private synchronized void enter(Turn mine, int places) {
        Waiting call = new Waiting(mine, arrivals++, places);
        waiting.add(call);
        boolean interrupted = false;
        while (waiting.first() != call || free - kept(call) < places) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.remove(call);
        free -= places;
        mine.calls++;
        notifyAll();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave(Turn mine, int places) {
        free += places;
        mine.calls--;
        notifyAll();
    }

    /** Places for work that goes before this call and has none at the moment. One is for whoever comes: it may be that such work waits for it. */
    private int kept(Waiting call) {
        if (!keepsPlaces || call.places() == atOnce) {
            return 0;
        }
        long between = turns.stream()
                .filter(other -> other.calls == 0 && other.isBefore(call.turn()))
                .count();
        return (int) Math.min(between, atOnce - 1L);
    }
}
