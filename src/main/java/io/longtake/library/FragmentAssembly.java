package io.longtake.library;

import io.longtake.event.FragmentChunk;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FragmentRecords;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the records of fragments. A fragment's records follow each other in their partition, so few are open at a time; of
 * more than that the one that was begun longest ago is given up.
 */
final class FragmentAssembly {

    private static final int OPEN = 16;

    private final Map<String, List<FragmentChunk>> open = new LinkedHashMap<>();

    /**
     * Takes a fragment's next record; its last one as often as it comes, until the video is forgotten here.
     *
     * @return the fragment's bytes, if this was its last record
     * @throws CorruptPayloadException if the record is damaged, or not what its fragment's first one announced
     */
    Optional<byte[]> add(FragmentChunk record) {
        FragmentRecords.check(record);
        List<FragmentChunk> records = open.computeIfAbsent(record.getVideoId(), id -> new ArrayList<>());
        if (record.getChunk() == 0) {
            records.clear(); // another copy begins
        }
        boolean again = record.getChunk() + 1 == record.getChunkCount() && records.size() == record.getChunkCount();
        if (!again && record.getChunk() != records.size()) {
            throw new CorruptPayloadException(String.format(
                    Locale.ROOT,
                    "fragment %d of video %s: expected chunk %d, got chunk %d",
                    record.getFragment(),
                    record.getVideoId(),
                    records.size(),
                    record.getChunk()));
        }
        if (!records.isEmpty() && !FragmentRecords.agree(records.get(0), record)) {
            throw new CorruptPayloadException(String.format(
                    Locale.ROOT,
                    "fragment %d of video %s, chunk %d: expected what chunk 0 says of it, found another",
                    record.getFragment(),
                    record.getVideoId(),
                    record.getChunk()));
        }
        if (!again) {
            records.add(record);
        }
        if (records.size() == record.getChunkCount()) {
            return Optional.of(FragmentRecords.join(records));
        }
        makeRoom(record.getVideoId());
        return Optional.empty();
    }

    /** A video's fragment is kept, or wanted no longer. */
    void forget(String videoId) {
        open.remove(videoId);
    }

    private void makeRoom(String growing) {
        Iterator<String> eldest = open.keySet().iterator();
        while (open.size() > OPEN && eldest.hasNext()) {
            if (!eldest.next().equals(growing)) {
                eldest.remove();
            }
        }
    }
}
