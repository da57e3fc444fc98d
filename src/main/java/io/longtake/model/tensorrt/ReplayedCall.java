package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls with one set of shapes, their kernels launched together as a CUDA graph. A graph works on the addresses it was
 * captured with, so the caller's arrays are copied into memory of ours and out of it. The first call goes kernel by kernel,
 * which TensorRT needs before a capture, and is captured after.
 */
final class ReplayedCall implements AutoCloseable {

    private final CompiledGraph compiled;
    private final DeviceArrays arrays;
    private final Lane lane;
    private final Execution execution;
    private final Stopwatch stopwatch;
    private final List<DeviceArray> inputs = new ArrayList<>();
    private final List<DeviceArray> outputs = new ArrayList<>();
    private Cuda.CudaGraph graph;
    private String refusal;

    /** Takes over {@code execution}, also if it fails. */
    ReplayedCall(
            CompiledGraph compiled,
            DeviceArrays arrays,
            Execution execution,
            List<DeviceArray> like,
            Stopwatch stopwatch) {
        this.compiled = compiled;
        this.arrays = arrays;
        this.lane = arrays.lane();
        this.execution = execution;
        this.stopwatch = stopwatch;
        try {
            for (int i = 0; i < like.size(); i++) {
                DeviceArray input =
                        arrays.empty(like.get(i).getShape(), like.get(i).getDataType());
                inputs.add(input);
                execution.input(compiled.inputs().get(i).name(), input.getShape(), input.write());
            }
            for (Binding binding : compiled.outputs()) {
                DeviceArray output = arrays.empty(OutputShape.of(execution, binding), binding.type());
                outputs.add(output);
                execution.output(binding.name(), output.write());
            }
        } catch (RuntimeException e) {
            throw new Closer().add(this::close).closeAfter(e);
        }
    }

    List<DeviceArray> of(List<DeviceArray> given) {
        for (int i = 0; i < given.size(); i++) {
            given.get(i).copyTo(inputs.get(i));
        }
        if (graph != null) {
            lane.enqueue(stream -> stopwatch.time(stream, () -> lane.cuda().launch(graph, stream)));
            return results();
        }
        lane.enqueue(stream -> stopwatch.time(stream, () -> execution.enqueue(stream)));
        List<DeviceArray> results = results();
        try {
            graph = lane.submit(this::capture);
        } catch (DeviceLostException e) {
            throw e;
        } catch (EngineException e) {
            refusal = e.getMessage();
        }
        return results;
    }

    /** Why no graph could be made of the call; null if one was, or none was tried. */
    String refusal() {
        return refusal;
    }

    private Cuda.CudaGraph capture(Cuda.Stream stream) {
        lane.cuda().beginCapture(stream);
        try {
            execution.enqueue(stream);
        } catch (RuntimeException e) {
            // Ends the capture, whose remains are of no use; else the stream would go on writing down.
            throw new Closer()
                    .add(() -> lane.cuda().destroy(lane.cuda().endCapture(stream)))
                    .closeAfter(e);
        }
        return lane.cuda().endCapture(stream);
    }

    private List<DeviceArray> results() {
        List<DeviceArray> results = new ArrayList<>();
        try {
            for (int i = 0; i < outputs.size(); i++) {
                DeviceArray result =
                        arrays.empty(outputs.get(i).getShape(), outputs.get(i).getDataType());
                results.add(result);
                result.setName(compiled.outputs().get(i).name());
                outputs.get(i).copyTo(result);
            }
            return results;
        } catch (RuntimeException e) {
            Closer closer = new Closer();
            results.forEach(result -> closer.add(result::close));
            throw closer.closeAfter(e);
        }
    }

    @Override
    public void close() {
        Closer closer = new Closer().add(execution::close);
        inputs.forEach(input -> closer.add(input::close));
        outputs.forEach(output -> closer.add(output::close));
        if (graph != null) {
            Cuda.CudaGraph old = graph;
            graph = null;
            closer.add(() -> lane.cuda().destroy(old));
        }
        closer.close();
    }
}
