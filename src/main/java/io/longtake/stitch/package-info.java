/**
 * From frame batches to videos. {@link io.longtake.stitch.StitchTopology} reads {@code longtake.frames}, drops copies,
 * waits for what comes out of order, and writes each video's file, fragment by fragment, to {@code longtake.segments}.
 * State is references only: a video's position ({@link io.longtake.stitch.StitchedVideo}) and where the chunks of waiting batches
 * lie ({@link io.longtake.stitch.BatchCopy}); the frames are fetched once, when their turn has come.
 */
package io.longtake.stitch;
