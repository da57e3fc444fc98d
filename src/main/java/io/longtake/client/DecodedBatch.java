package io.longtake.client;

import io.longtake.tensor.Frames;

/**
 * The frames of one segment as pixels.
 *
 * @param segment from 0
 * @param firstFrame index in the video of the first frame
 * @param last whether the video ends with this batch
 * @param frameRate frames per second: frame i of the video is shown i / frameRate seconds after its beginning
 * @param frames 8-bit RGB of shape (count, height, width, 3): byte {@code ((t * height + y) * width + x) * 3 + c} of {@code
 *     rgb()} is colour c (red, green, blue) of pixel (x, y), counted from the upper left, of the batch's frame t
 */
public record DecodedBatch(int segment, long firstFrame, boolean last, int frameRate, Frames frames) {}
