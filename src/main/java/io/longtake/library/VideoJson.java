package io.longtake.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A {@link VideoHistory} as a document. */
final class VideoJson {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private VideoJson() {}

    static byte[] write(VideoHistory history) {
        try {
            return JSON.writeValueAsBytes(history);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing if the document is not one: what happened is then read again from Kafka, as far as it remembers. */
    static Optional<VideoHistory> read(byte[] bytes) {
        try {
            return Optional.of(JSON.readValue(bytes, VideoHistory.class));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}
