package io.longtake.stitch;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where the chunks of one copy of a batch lie.
 *
 * @param offsets by chunk; {@link #ABSENT} if it has not come
 */
record BatchCopy(List<Long> offsets) {

    static final long ABSENT = -1;

    static BatchCopy empty(int chunkCount) {
        return new BatchCopy(Collections.nCopies(chunkCount, ABSENT));
    }

    boolean has(int chunk) {
        return offsets.get(chunk) != ABSENT;
    }

    BatchCopy with(int chunk, long offset) {
        Long[] changed = offsets.toArray(Long[]::new);
        changed[chunk] = offset;
        return new BatchCopy(Arrays.asList(changed));
    }

    boolean isComplete() {
        return !offsets.contains(ABSENT);
    }

    /** Where the first of them lies that have come. */
    long firstOffset() {
        return offsets.stream()
                .filter(offset -> offset != ABSENT)
                .mapToLong(Long::longValue)
                .min()
                .orElse(ABSENT);
    }

    /** Chunks that have come. */
    int size() {
        return (int) offsets.stream().filter(offset -> offset != ABSENT).count();
    }
}
