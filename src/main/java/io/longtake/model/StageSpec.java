package io.longtake.model;

import java.util.Set;

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

    /** What it cannot do without, for every segment that has it. */
    Set<InputRole> needs();

    /** What it takes beside, if the pipeline has it. */
    default Set<InputRole> takes() {
        return Set.of();
    }
}
