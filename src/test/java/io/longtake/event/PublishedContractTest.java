package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code schemas/} tells other languages is what this program does. */
class PublishedContractTest {

    private static final Path SCHEMAS = Path.of("schemas");

    @ParameterizedTest
    @MethodSource("schemas")
    void the_readme_tells_the_ten_bytes_that_each_record_starts_with(Schema schema) throws IOException {
        assertThat(found("README.md", "\\| (" + schema.getName() + " \\| `C3 01 [^`]+)` \\|"))
                .as("a changed fingerprint is a changed promise: see 'Compatibility' there")
                .containsExactly(schema.getName() + " | `" + start(schema));
    }

    @Test
    void the_readme_tells_the_ten_bytes_of_earlier_records_too() throws IOException {
        Schema earlier = new Schema.Parser()
                .parse(SCHEMAS.resolve("earlier/VideoEvent.1.avsc").toFile());

        assertThat(found("README.md", "VideoEvent\\.1\\.avsc\\) \\| `(C3 01 [^`]+)` \\|"))
                .containsExactly(start(earlier));
    }

    @Test
    void the_readme_names_every_topic() throws IOException {
        List<String> named = found("README.md", "`(?:longtake)?(\\.[a-z.-]+)`");

        for (Topic topic : Topic.all(ToyModel.STAGES)) {
            String name = topic.topicName();
            assertThat(named).containsAnyOf(name.substring("longtake".length()), name.substring(name.lastIndexOf('.')));
        }
    }

    @Test
    void the_asyncapi_document_names_the_public_topics() throws IOException {
        assertThat(found("asyncapi.yaml", "address: (\\S+)"))
                .containsExactlyInAnyOrder(
                        Topic.PROMPTS.topicName(),
                        Topic.FRAMES.topicName(),
                        Topic.SEGMENTS.topicName(),
                        Topic.VIDEOS.topicName(),
                        Topic.DEAD_LETTERS.topicName());
    }

    @Test
    void the_asyncapi_document_refers_to_schemas_that_are_there() throws IOException {
        assertThat(found("asyncapi.yaml", "\\$ref: (\\w+\\.avsc)"))
                .hasSize(9)
                .allSatisfy(file -> assertThat(SCHEMAS.resolve(file)).exists());
    }

    static Stream<Schema> schemas() {
        return Stream.<SpecificRecordBase>of(
                        new PromptEvent(),
                        new CancelEvent(),
                        new DeleteEvent(),
                        new ExtendEvent(),
                        new PlayheadEvent(),
                        new StageTask(),
                        new StageResult(),
                        new SegmentStitched(),
                        new PayloadChunk(),
                        new FrameChunk(),
                        new FragmentChunk(),
                        new VideoEvent(),
                        new DeadLetter(),
                        new PublishedModel(),
                        new ParkedRecord())
                .map(SpecificRecordBase::getSchema);
    }

    private static String start(Schema schema) {
        byte[] fingerprint = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
        return "C3 01 " + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(fingerprint);
    }

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(SCHEMAS.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
