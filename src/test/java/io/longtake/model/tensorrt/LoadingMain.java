package io.longtake.model.tensorrt;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;

/** Asks for the engine twice, as a process of its own: where something goes wrong that must not, it is the process that ends. */
final class LoadingMain {

    private LoadingMain() {}

    public static void main(String[] arguments) {
        for (int call = 0; call < 2; call++) {
            try {
                System.out.println("engine: " + Engine.getEngine("TensorRT"));
            } catch (EngineException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
        if (arguments.length > 0) {
            System.out.println("version: " + new JavaCppTensorRt(new JavaCppCuda()).version());
            // As TensorRT gives them out: objects whose wrappers do not own them. Those that do are held, or JavaCPP
            // would
            // delete once more what they held.
            List<Pointer> owners = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                IHostMemory made = new IHostMemory();
                owners.add(made);
                IHostMemory given = new IHostMemory(new JavaCppAddress(made.address()));
                JavaCppDestructor.delete(given, IHostMemory::new);
                if (!Pointer.isNull(given)) {
                    throw new IllegalStateException("still there");
                }
            }
            System.gc();
            System.out.println("deleted " + owners.size());
        }
        System.out.println("alive");
        // Before JavaCPP deletes what was deleted already.
        Runtime.getRuntime().halt(0);
    }
}
