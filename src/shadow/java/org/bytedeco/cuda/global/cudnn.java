package org.bytedeco.cuda.global;

/**
 * Stands before the presets' class of this name, whose static block loads cuDNN. TensorRT's class in the presets names it as
 * something it needs; TensorRT 10 does not.
 */
public class cudnn extends org.bytedeco.cuda.presets.cudnn {}
