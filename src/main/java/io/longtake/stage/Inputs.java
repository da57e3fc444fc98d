package io.longtake.stage;

import io.longtake.model.InputRole;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;

/** Takes the contents out of a stage's input and checks that each is what the manifest says. */
final class Inputs {

    private final StageInput input;

    Inputs(StageInput input) {
        this.input = input;
    }

    /** The input of a role, a tensor of exactly this shape. */
    Tensor tensor(InputRole role, int... shape) {
        if (present(role) instanceof Tensor tensor && Arrays.equals(tensor.shape(), shape)) {
            return tensor;
        }
        throw wrong(role, "Tensor" + Arrays.toString(shape));
    }

    /** The input of a role, a run of exactly so many frames of this size. */
    Frames frames(InputRole role, int count, int height, int width) {
        if (present(role) instanceof Frames frames
                && frames.count() == count
                && frames.height() == height
                && frames.width() == width) {
            return frames;
        }
        throw wrong(role, "Frames[" + count + " of " + width + "x" + height + "]");
    }

    /** Whether there is a segment before, whose output comes in this role; it must be there exactly then. */
    boolean follows(InputRole role) {
        boolean there = input.inputs().containsKey(role);
        if (there && input.segment() == 0) {
            throw wrong(role, "none, for nothing comes before segment 0");
        }
        return input.segment() > 0;
    }

    private Content present(InputRole role) {
        return input.inputs().get(role);
    }

    private StageInputException wrong(InputRole role, String expected) {
        return new StageInputException(String.format(
                Locale.ROOT,
                "%s of segment %d: input '%s' must be %s, found %s",
                input.stage(),
                input.segment(),
                role.wireName(),
                expected,
                present(role)));
    }
}
