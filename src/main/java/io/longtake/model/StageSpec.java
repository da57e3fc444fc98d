package io.longtake.model;

/** What a manifest says of one stage. */
public sealed interface StageSpec permits DenoiserSpec, DecodeSpec {

    /** The stage's network. */
    GraphSpec graph();

    /**
     * What the stage makes.
     *
     * @param source what it works on; null: nothing, it imagines
     * @throws ManifestException if it cannot work on that
     */
    StageOutput output(StageOutput source, ModelManifest.Latent latent, ModelManifest.SegmentSpec segment);
}
