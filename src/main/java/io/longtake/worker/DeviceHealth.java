package io.longtake.worker;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a call this worker's device takes, stage by stage, and whether it takes any. Too little memory halves the calls; a
 * device that fails twice in a row at one entry is out of service, for the next task would fare no better. For any number of threads.
 */
final class DeviceHealth {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceHealth.class);

    private final int maximum;
    private final Map<String, Integer> sizes = new TreeMap<>();
    private String failed;
    private volatile String outOfService;

    DeviceHealth(int maximum) {
        this.maximum = maximum;
    }

    /** Entries of a call. */
    synchronized int size(String stage) {
        return sizes.getOrDefault(stage, maximum);
    }

    synchronized void succeeded() {
        failed = null;
    }

    /**
     * A call had too little memory.
     *
     * @return whether to try again: with calls half as large, or once more at one entry
     */
    synchronized boolean triesAgain(Work work) {
        String stage = work.task().getStage();
        int size = size(stage);
        if (size > 1) {
            sizes.put(stage, size / 2);
            LOG.warn("the device has too little memory for {} {}s at once: {} from now on", size, stage, size / 2);
            return true;
        }
        if (failed == null) {
            failed = work.name();
            return true;
        }
        takeOutOfService("it has too little memory for one " + stage);
        return false;
    }

    /** The engine failed at one task. Only a second one that fails too says that it is the device's fault and not the task's. */
    synchronized void engineFailed(Work work) {
        if (failed != null && !failed.equals(work.name())) {
            takeOutOfService("its engine failed at two tasks in a row, last at " + work.name());
        }
        failed = work.name();
    }

    private void takeOutOfService(String reason) {
        outOfService = reason;
        LOG.error("the device is out of service: {}; this worker takes no more tasks", reason);
    }

    boolean isOutOfService() {
        return outOfService != null;
    }

    /** Why it is out of service, if it is. */
    Optional<String> fault() {
        return Optional.ofNullable(outOfService).map(reason -> "the device is out of service: " + reason);
    }
}
