package io.longtake.tensor;

/** What a stage takes and gives, and a payload holds: a tensor of floats, or finished frames. */
public sealed interface Content permits Tensor, Frames {}
