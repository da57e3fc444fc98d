package io.longtake.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * Processor time that processes have used so far. Systems tell it with a resolution of about 10 ms.
 *
 * @param own seconds of this process
 * @param children seconds of those that it started and are alive, such as its broker
 */
record ProcessorTime(double own, double children) {

    static ProcessorTime now() {
        long own = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
        return new ProcessorTime(
                own / 1e9,
                ProcessHandle.current()
                        .descendants()
                        .mapToDouble(ProcessorTime::of)
                        .sum());
    }

    /** Of a process, in seconds; 0 if it has ended. */
    static double of(ProcessHandle process) {
        Optional<Duration> used = process.info().totalCpuDuration();
        if (used.isEmpty() && process.isAlive()) {
            throw new IllegalStateException(System.getProperty("os.name")
                    + " does not tell the processor time of process " + process.pid() + ": nothing can be said of it");
        }
        return used.map(Duration::toNanos).orElse(0L) / 1e9;
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(own - before.own, children - before.children);
    }

    double total() {
        return own + children;
    }
}
