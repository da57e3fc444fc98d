/**
 * The model repository and what it holds: the manifest that says what a model is ({@link io.longtake.model.ModelManifest}),
 * its files and their digests, the plan of a video that it makes, and its graphs, run through DJL: one call at a time
 * ({@link io.longtake.model.Graph}), or a whole sampling that stays on the device ({@link
 * io.longtake.model.DenoisingLoop}). Names engines ("OnnxRuntime" on a CPU, "TensorRT" on a GPU) but knows nothing of
 * samplers, which come as tables, or stages. A graph comes in two precisions; which one a device takes is decided in {@link
 * io.longtake.model.Device}, and whoever is not the reference shows at its golden input that it computes the same.
 */
package io.longtake.model;
