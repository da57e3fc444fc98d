package io.longtake.model.tensorrt;

import ai.djl.util.Progress;

/** Shows a build as DJL's progress: one step for each layer whose kernels are tried. */
final class BuildProgress implements BuildListener {

    private final Progress progress;
    private final String file;
    private long layers;
    private long timed;

    BuildProgress(Progress progress, String file) {
        this.progress = progress;
        this.file = file;
    }

    @Override
    public synchronized void parsed(int count) {
        layers = count;
        progress.reset("Compiling " + file, count);
        progress.start(0);
    }

    @Override
    public synchronized void timed(String layer) {
        // TensorRT may try the kernels of a layer in several precisions or formats, one after the other.
        if (timed < layers - 1) {
            timed++;
            progress.update(timed, layer);
        }
    }

    synchronized void done() {
        progress.update(layers, file);
        progress.end();
    }
}
