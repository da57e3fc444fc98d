package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.event.StageName;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A worker in a JVM of its own; see {@link WorkerMain}. */
record WorkerProcess(Process process) {

    static WorkerProcess start(Path data, String name, KafkaConnection kafka, Set<StageName> stages)
            throws IOException {
        return new WorkerProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        classPath(),
                        WorkerMain.class.getName(),
                        kafka.bootstrapServers(),
                        data.resolve(name).toString(),
                        stages.stream().map(StageName::name).collect(Collectors.joining(",")))
                .redirectErrorStream(true)
                .redirectOutput(new File(data.toFile(), name + ".log"))
                .start());
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As by SIGKILL: it cannot say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    static void killAll(WorkerProcess... workers) throws InterruptedException {
        for (WorkerProcess worker : workers) {
            if (worker != null) {
                worker.kill();
            }
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
