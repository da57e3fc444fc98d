package io.longtake.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names workers so that a person finds the process: host and process id. */
public final class WorkerName {

    private WorkerName() {}

    public static String ofThisProcess() {
        return "worker-" + host() + "-" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
