package io.longtake.model.tensorrt;

import org.bytedeco.javacpp.Pointer;

/** A pointer to a known address, which it does not own. */
final class JavaCppAddress extends Pointer {

    /** A null pointer of C++ comes back as a small address, for JavaCPP adds an offset to it. */
    private static final long SMALLEST = 4096;

    JavaCppAddress(long address) {
        this.address = address;
    }

    static boolean isNothing(Pointer pointer) {
        return pointer == null || pointer.address() < SMALLEST;
    }
}
