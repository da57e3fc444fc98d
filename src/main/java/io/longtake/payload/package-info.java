/**
 * Tensors and frames as chunk records, and back: what is too large for a record travels as many, and a small reference
 * says where they lie and what they must add up to.
 *
 * <p>{@link io.longtake.payload.PayloadWriter} and {@link io.longtake.payload.PayloadReader} carry what stages hand to
 * each other, on {@code longtake.latents}; {@link io.longtake.payload.FrameBatch} is what workers publish on
 * {@code longtake.frames}, and {@link io.longtake.payload.FragmentRecords} are the video's file on {@code longtake.segments}.
 */
package io.longtake.payload;
