/**
 * From frame batches to films. {@link io.longtake.stitch.StitchTopology} reads {@code longtake.frames}, drops copies,
 * waits for what comes out of order, and writes each film's file, fragment by fragment, to {@code longtake.segments}.
 * State is references only: a film's position ({@link io.longtake.stitch.Film}) and where the chunks of waiting batches
 * lie ({@link io.longtake.stitch.BatchCopy}); the frames are fetched once, when their turn has come.
 */
package io.longtake.stitch;
