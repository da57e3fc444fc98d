package io.longtake.stage;

import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Entries to a batch and back. */
final class Batch {

    private Batch() {}

    /** Tensors (C, T, h, w) as one (B, C, T, h, w); of the same memory if there is but one. */
    static Tensor of(List<Tensor> entries) {
        if (entries.size() == 1) {
            return of(entries.get(0));
        }
        return Tensor.concat(0, entries.stream().map(Batch::of).toArray(Tensor[]::new));
    }

    /** A batch of one, of the same memory. */
    static Tensor of(Tensor entry) {
        int[] shape = entry.shape();
        return entry.reshape(
                IntStream.concat(IntStream.of(1), IntStream.of(shape)).toArray());
    }

    /** The entries of a batch, as copies; of the same memory if there is but one. */
    static List<Tensor> entries(Tensor batch) {
        if (batch.size(0) == 1) {
            return List.of(single(batch));
        }
        int[] shape = IntStream.of(batch.shape()).skip(1).toArray();
        return IntStream.range(0, batch.size(0))
                .mapToObj(b -> batch.slice(0, b, b + 1).reshape(shape))
                .toList();
    }

    /** The only entry of a batch of one, of the same memory. */
    static Tensor single(Tensor batch) {
        return batch.reshape(IntStream.of(batch.shape()).skip(1).toArray());
    }
}
