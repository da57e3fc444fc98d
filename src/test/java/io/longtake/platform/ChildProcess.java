package io.longtake.platform;

import io.longtake.ChildJvm;
import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueSetting;
import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A part of the platform in a JVM of its own: {@link WorkerMain}, {@link PlatformMain} or a {@link Pod}. */
record ChildProcess(ChildJvm jvm) {

    static ChildProcess worker(Path data, String name, KafkaConnection kafka, Set<String> stages) throws IOException {
        String names = String.join(",", stages);
        return start(
                WorkerMain.class,
                data,
                name,
                kafka.bootstrapServers(),
                data.resolve(name).toString(),
                names);
    }

    /** A worker for a model of the tests whose code no compiler has improved. */
    static ChildProcess interpretedWorker(Path data, String name, KafkaConnection kafka, String model)
            throws IOException {
        return start(
                List.of("-Xint", "-Dlongtake.models=" + ToyModel.ROOT.toAbsolutePath()),
                WorkerMain.class,
                data,
                name,
                kafka.bootstrapServers(),
                data.resolve(name).toString(),
                String.join(",", ToyModel.STAGES),
                model);
    }

    static ChildProcess platform(Path data, String name, KafkaConnection kafka, QueueSetting queue) throws IOException {
        return start(
                List.of("-D" + QueueSetting.PROPERTY + "=" + queue),
                PlatformMain.class,
                data,
                name,
                kafka.bootstrapServers(),
                data.resolve(name).toString());
    }

    /** The same for a model of the tests. */
    static ChildProcess platform(Path data, String name, KafkaConnection kafka, String model) throws IOException {
        return start(
                List.of("-Dlongtake.models=" + ToyModel.ROOT.toAbsolutePath()),
                PlatformMain.class,
                data,
                name,
                kafka.bootstrapServers(),
                data.resolve(name).toString(),
                model);
    }

    static ChildProcess pod(Path data, String name, KafkaConnection kafka) throws IOException {
        return start(
                Pod.class,
                data,
                name,
                kafka.bootstrapServers(),
                data.resolve(name).toString());
    }

    private static ChildProcess start(Class<?> main, Path data, String name, String... args) throws IOException {
        return start(List.of(), main, data, name, args);
    }

    private static ChildProcess start(List<String> options, Class<?> main, Path data, String name, String... args)
            throws IOException {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-Xmx768m", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        return new ChildProcess(ChildJvm.start(all, main, data.resolve(name + ".log"), args));
    }

    boolean alive() {
        return jvm.alive();
    }

    /** As by SIGKILL: it cannot say goodbye. */
    void kill() throws InterruptedException {
        jvm.kill();
    }

    static void killAll(ChildProcess... children) throws InterruptedException {
        for (ChildProcess child : children) {
            if (child != null) {
                child.kill();
            }
        }
    }
}
