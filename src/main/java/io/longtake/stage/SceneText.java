package io.longtake.stage;

import io.longtake.model.TextEncoder;
import io.longtake.tensor.Tensor;

/** The embeddings (1, L, D) of what a segment shows: shared, not to be changed. */
record SceneText(TextEncoder encoder) {

    Tensor prompt(StageInput input) {
        return encoder.embed(input.scene().getPrompt());
    }

    Tensor negativePrompt(StageInput input) {
        return encoder.embed(input.scene().getNegativePrompt());
    }
}
