package io.longtake.model;

import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.TranslateException;
import io.longtake.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole sampling on the device: network, update, network, update … Constants go up once, the sample comes down once, and
 * what is between stays where it is made. {@code docs/decisions/0010-the-loop-on-the-device.md} says why it is done in two
 * graphs a step.
 */
public final class DenoisingLoop implements AutoCloseable {

    /**
     * Steps that the host may run ahead of a device that works asynchronously. Then it waits, or a video that is cancelled
     * would be denoised to its end; one wait a step would leave the device idle for as long as a launch takes.
     */
    private static final int AHEAD = 4;

    private static final String NEXT = "next_";

    private final Graph network;
    private final Device device;
    private final Predictor<NDList, NDList> predictor;
    private final Map<String, StepGraphs> opened = new HashMap<>();

    private record StepGraphs(StepGraph start, StepGraph update) {

        static StepGraphs open(Denoising denoising, Device device) {
            String suffix = denoising.given() == null ? "" : "_held";
            Map<String, int[]> shapes = denoising.stepShapes();
            return new StepGraphs(
                    StepGraph.open("start" + suffix, device, shapes),
                    StepGraph.open("update" + suffix, device, shapes));
        }

        void close() {
            start.close();
            update.close();
        }
    }

    DenoisingLoop(Graph network, Device device) {
        this.network = network;
        this.device = device;
        this.predictor = network.newPredictor();
    }

    /**
     * Samples.
     *
     * @param betweenSteps called before every step; what it throws ends the sampling
     * @return x_0 (B, C, T, h, w); what the sampler made of given frames is in it too
     * @throws GraphException if a shape is not the manifest's, or the engine fails
     */
    public Tensor run(Denoising denoising, Runnable betweenSteps) {
        Contract contract = new Contract(network.spec());
        contract.inputs(denoising.networkShapes());
        contract.outputs(Map.of("out", denoising.networkShapes().get("sample")));
        StepGraphs graphs = graphs(denoising);
        try (NDManager arrays = network.newManager()) {
            NDList conditions = uploaded(denoising.conditions(), arrays);
            NDList constants = uploaded(denoising.constants(), arrays);
            NDList made = device.alone(() -> graphs.start().run(constants));
            for (int step = 0; step < denoising.steps(); step++) {
                betweenSteps.run();
                if (step > 0 && step % AHEAD == 0) {
                    made.get(NEXT + "step").toLongArray();
                }
                NDList before = made;
                made = device.alone(() -> step(graphs.update(), before, conditions, constants));
            }
            return Transfer.tensor(made.get(NEXT + "state"));
        } catch (EngineException e) {
            throw new GraphException(network.spec().file() + ": " + device + " cannot run it", e);
        }
    }

    /** An engine that compiles has them for one size each; another takes any size. */
    private synchronized StepGraphs graphs(Denoising denoising) {
        String held = denoising.given() == null ? "free" : "held";
        String key = device.keepsArrays()
                ? held + EngineOptions.profile(List.of(denoising.stepShapes())).values()
                : held;
        return opened.computeIfAbsent(key, none -> StepGraphs.open(denoising, device));
    }

    private NDList step(StepGraph update, NDList made, NDList conditions, NDList constants) {
        NDList asked = new NDList(made.get("sample"), made.get("timestep"));
        asked.addAll(conditions);
        NDList answered = predict(asked);
        NDList known = new NDList(constants);
        for (NDArray array : made) {
            if (array.getName().startsWith(NEXT)) {
                known.add(Transfer.named(array.getName().substring(NEXT.length()), array));
            }
        }
        known.addAll(answered);
        NDList next = update.run(known);
        made.close();
        answered.close();
        return next;
    }

    private NDList predict(NDList inputs) {
        try {
            return predictor.predict(inputs);
        } catch (TranslateException e) {
            throw new GraphException(network.spec().file() + ": " + device + " cannot run it", e);
        }
    }

    private static NDList uploaded(Map<String, Tensor> tensors, NDManager manager) {
        NDList arrays = new NDList();
        tensors.forEach((name, tensor) -> {
            arrays.add(Transfer.named(
                    name, manager.create(FloatBuffer.wrap(tensor.data()), Transfer.shape(tensor), DataType.FLOAT32)));
        });
        return arrays;
    }

    @Override
    public void close() {
        device.alone(() -> {
            predictor.close();
            opened.values().forEach(StepGraphs::close);
            opened.clear();
            return null;
        });
    }
}
