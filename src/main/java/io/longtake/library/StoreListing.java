package io.longtake.library;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a store has of one video.
 *
 * @param fragments in order of their numbers
 * @param documents their names, in no order
 */
public record StoreListing(List<StoredFragment> fragments, List<String> documents) {

    public StoreListing {
        fragments = List.copyOf(fragments);
        documents = List.copyOf(documents);
    }

    /**
     * Of a listing. A file that is shorter or longer than its name says is no fragment.
     *
     * @param listing length in bytes by file name
     */
    static StoreListing of(Map<String, Long> listing) {
        List<StoredFragment> fragments = listing.keySet().stream()
                .flatMap(name ->
                        StoredFragment.named(name).filter(fragment -> fragment.bytes() == listing.get(name)).stream())
                .sorted(Comparator.comparingInt(StoredFragment::number))
                .toList();
        List<String> documents =
                listing.keySet().stream().filter(StoreNames::isDocument).toList();
        return new StoreListing(fragments, documents);
    }
}
