package io.longtake.model.tensorrt;

import java.util.ArrayList;
import java.util.List;

/** Calls kernel by kernel, straight from the caller's arrays into new ones. */
final class EnqueuedCall implements AutoCloseable {

    private final CompiledGraph graph;
    private final DeviceArrays arrays;
    private final Execution execution;
    private final Stopwatch stopwatch;

    EnqueuedCall(CompiledGraph graph, DeviceArrays arrays, Execution execution, Stopwatch stopwatch) {
        this.graph = graph;
        this.arrays = arrays;
        this.execution = execution;
        this.stopwatch = stopwatch;
    }

    List<DeviceArray> of(List<DeviceArray> inputs) {
        Lane lane = arrays.lane();
        for (int i = 0; i < inputs.size(); i++) {
            DeviceArray input = inputs.get(i);
            execution.input(graph.inputs().get(i).name(), input.getShape(), input.readOn(lane));
        }
        List<DeviceArray> outputs = new ArrayList<>();
        try {
            for (Binding output : graph.outputs()) {
                DeviceArray array = arrays.empty(OutputShape.of(execution, output), output.type());
                outputs.add(array);
                array.setName(output.name());
                execution.output(output.name(), array.write());
            }
            lane.enqueue(stream -> stopwatch.time(stream, () -> execution.enqueue(stream)));
            return outputs;
        } catch (RuntimeException e) {
            Closer closer = new Closer();
            outputs.forEach(output -> closer.add(output::close));
            throw closer.closeAfter(e);
        }
    }

    @Override
    public void close() {
        execution.close();
    }
}
