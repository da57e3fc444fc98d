package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code schemas/frame-messages.json} is what is said. */
class FrameMessageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_has_the_fields_that_are_published(FrameMessage message) throws IOException {
        JsonNode said = JSON.readTree(message.json());
        JsonNode published = published().at("/$defs/" + said.get("type").asText());

        assertThat(names(said)).isEqualTo(names(published.get("properties")));
        for (String name : names(said)) {
            JsonNode property = published.at("/properties/" + name);
            if (property.has("type")) {
                assertThat(property.get("type").asText()).as(name).isEqualTo(type(said.get(name)));
            }
        }
    }

    @Test
    void only_what_is_not_required_is_left_out() throws IOException {
        FrameMessage header = new FrameMessage.HeaderMessage("rgb24", "application/octet-stream", null, null, 24, 0, 0);
        FrameMessage end = new FrameMessage.EndMessage("completed", 24, null);

        assertThat(names(JSON.readTree(header.json()))).isEqualTo(required("header"));
        assertThat(names(JSON.readTree(end.json()))).isEqualTo(required("end"));
    }

    @Test
    void every_message_is_published() throws IOException {
        assertThat(published().get("oneOf")).hasSameSizeAs(FrameMessage.class.getPermittedSubclasses());
        assertThat(messages()).hasSameSizeAs(FrameMessage.class.getPermittedSubclasses());
    }

    static Stream<FrameMessage> messages() {
        return Stream.of(
                new FrameMessage.HeaderMessage("mp4", "video/mp4", 64, 32, 24, 700, 1),
                new FrameMessage.BatchMessage(0, 0, 24, "mp4", 1000, 1, false),
                new FrameMessage.MissedMessage(24, 48),
                new FrameMessage.HeartbeatMessage(24),
                new FrameMessage.EndMessage("failed", 24, new VideoDocument.VideoError("cancelled", "enough")));
    }

    private static JsonNode published() throws IOException {
        return JSON.readTree(Path.of("schemas", "frame-messages.json").toFile());
    }

    private static List<String> required(String type) throws IOException {
        List<String> names = new ArrayList<>();
        published().at("/$defs/" + type + "/required").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String type(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
