/**
 * Finished frames as coded video and back. A frame batch is encoded as one closed group of pictures ({@link
 * io.longtake.video.FrameEncoder}), so joining batches to a video is only multiplexing ({@link
 * io.longtake.video.Muxer}), a pure function of the batch. {@link io.longtake.video.VideoReader} gives the pictures
 * back. Codecs and containers are FFmpeg's, in its LGPL build: H.264 is OpenH264's.
 */
package io.longtake.video;
