package io.longtake.model;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary folder that ONNX Runtime makes at its start and removes at its end. If its libraries are elsewhere
 * ({@code onnxruntime.native.path}), it stays empty all the time, and stays there if the process is killed.
 */
final class OnnxFolder {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxFolder.class);

    private OnnxFolder() {}

    /** Removes it if ONNX Runtime has started and nothing is in it. */
    static void removeEmpty() {
        if (System.getProperty("onnxruntime.native.path") == null) {
            return;
        }
        try {
            // It tells nobody, and other processes have folders of the same kind.
            Field folder = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
            folder.setAccessible(true);
            Files.deleteIfExists((Path) folder.get(null));
        } catch (ReflectiveOperationException | IOException e) {
            LOG.debug("the temporary folder of ONNX Runtime stays until this process ends", e);
        }
    }
}
