/**
 * DJL's engine "TensorRT": ONNX graphs compiled for the NVIDIA GPU of this machine, called through DJL like any other
 * engine's. Read top-down: {@link io.longtake.model.tensorrt.TensorRtEngineProvider} finds the engine,
 * {@code TensorRtModel} loads a graph through the {@code PlanCache}, {@code Session} runs it on one {@code Lane} (a CUDA
 * stream), and arrays are {@code DeviceArray}s. {@code Cuda} and {@code TensorRt} are all that is known of NVIDIA's
 * libraries; the classes named JavaCpp… bind them. Uses no other room and no other room uses it: DJL finds it by its name.
 */
package io.longtake.model.tensorrt;
