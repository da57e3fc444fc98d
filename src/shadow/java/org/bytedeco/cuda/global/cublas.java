package org.bytedeco.cuda.global;

/**
 * Stands before the presets' class of this name, whose static block loads cuBLAS. TensorRT's class in the presets names it as
 * something it needs; TensorRT 10 does not.
 */
public class cublas extends org.bytedeco.cuda.presets.cublas {}
