package io.longtake.model.tensorrt;

/**
 * A device as the driver describes it.
 *
 * @param major of the compute capability: 9 of 9.0 (Hopper)
 * @param memory bytes
 */
record Gpu(int device, String name, int major, int minor, long memory) {

    String computeCapability() {
        return major + "." + minor;
    }

    boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
    }

    @Override
    public String toString() {
        return name + " (compute capability " + computeCapability() + ", " + (memory >> 20) + " MiB)";
    }
}
