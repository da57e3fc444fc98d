package io.longtake.model;

/**
 * The temporal decoder: latents to frames.
 *
 * @param halo latents of the segment before that a call sees too; their frames are dropped
 * @param frameWidth of a decoded frame, pixels
 * @param frameHeight of a decoded frame, pixels
 */
public record DecodeSpec(GraphSpec graph, int halo, int frameWidth, int frameHeight) {

    public DecodeSpec {
        Rule.present("stages.decode.graph", graph);
        Rule.between("stages.decode.halo", halo, 0, 64);
        Rule.between("stages.decode.frameWidth", frameWidth, 2, 4096);
        Rule.between("stages.decode.frameHeight", frameHeight, 2, 4096);
    }
}
