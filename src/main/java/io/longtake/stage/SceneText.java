package io.longtake.stage;

import io.longtake.event.Transition;
import io.longtake.model.LoadedModel;
import io.longtake.tensor.Tensor;
import java.util.function.Function;

/**
 * The embeddings (1, L, D) of what a segment shows: those of its scene's texts, and while another scene passes into it, what lies
 * between theirs and the other's, each number in proportion.
 *
 * @param model whose text encoder opens at the first text
 */
record SceneText(LoadedModel model) {

    Tensor prompt(StageInput input) {
        return text(input, input.scene().getPrompt(), Transition::getPrompt);
    }

    Tensor negativePrompt(StageInput input) {
        return text(input, input.scene().getNegativePrompt(), Transition::getNegativePrompt);
    }

    private Tensor text(StageInput input, String shown, Function<Transition, String> passing) {
        Tensor to = model.text().embed(shown);
        return input.transition()
                .map(transition -> between(model.text().embed(passing.apply(transition)), to, transition.getShare()))
                .orElse(to);
    }

    /** (1 - share) from + share to; the embeddings themselves are shared, and stay as they are. */
    private static Tensor between(Tensor from, Tensor to, double share) {
        Tensor mixed = Tensor.zeros(to.shape());
        float[] data = mixed.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) ((1 - share) * from.data()[i] + share * to.data()[i]);
        }
        return mixed;
    }
}
