package io.longtake.model.tensorrt;

/** Follows a build. Called from TensorRT's own threads. */
interface BuildListener {

    BuildListener SILENT = new BuildListener() {
        @Override
        public void parsed(int layers) {}

        @Override
        public void timed(String layer) {}
    };

    /** The graph was read; so many layers at most are to be timed, for TensorRT joins some. */
    void parsed(int layers);

    /** TensorRT begins to try the kernels of a layer. */
    void timed(String layer);
}
