package io.longtake.model;

/**
 * How far an engine's answer to the golden input may be from the network's: above what rounding does, far below what a wrong
 * kernel, layout or weight does.
 *
 * @param relativeRms of the difference, over that of what is expected
 * @param maxAbsolute largest difference of a number
 */
public record Bounds(double relativeRms, double maxAbsolute) {

    public Bounds {
        Rule.between("bounds.relativeRms", relativeRms, 1e-9, 1);
        Rule.between("bounds.maxAbsolute", maxAbsolute, 1e-9, 1e6);
    }
}
