package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Topics and stores hold records of versions before this one. */
class EarlierRecordsTest {

    @Test
    void every_schema_that_is_kept_is_known() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("schemas", "earlier"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(
                                    RecordDecoder.ours().knows(SchemaNormalization.parsingFingerprint64(schema(file))))
                            .isTrue());
        }
    }

    @Test
    void an_event_from_before_there_were_late_ones_is_read() throws IOException {
        Schema schema = schema("VideoEvent.1.avsc");
        GenericRecord then = new GenericData.Record(schema);
        then.put("video_id", "11111111-2222-3333-4444-555555555555");
        then.put("kind", symbol(schema, "kind", "STITCHED"));
        then.put("segment", 3);
        then.put("frames", 96L);
        then.put("total_frames", 240L);
        then.put("frame_rate", 24);
        then.put("stages", List.of());
        then.put("message", "");
        then.put("at", 5000L);

        VideoEvent now = Wire.decode(bytes(schema, then), VideoEvent.class);

        assertThat(now.getKind()).isEqualTo(VideoEventKind.STITCHED);
        assertThat(now.getFrames()).isEqualTo(96);
        assertThat(now.getAt().toEpochMilli()).isEqualTo(5000);
        assertThat(Wire.decode(Wire.encode(now))).isEqualTo(now);
    }

    @Test
    void a_video_of_a_director_that_knew_of_no_viewers_goes_on_unwatched() throws IOException {
        Schema schema = schema("DirectorState.1.avsc");
        GenericRecord order = prompt(schema.getField("order").schema());
        GenericRecord then = new GenericData.Record(schema);
        then.put("order", order);
        then.put("model_digest", "abc");
        then.put("total_frames", 240L);
        then.put("status", symbol(schema, "status", "RUNNING"));
        then.put("stitched", 3);
        then.put("segments", List.of());

        DirectorState now = Wire.decode(bytes(schema, then), DirectorState.class);

        assertThat(now.getStitched()).isEqualTo(3);
        assertThat(Scenes.first(now.getOrder()).getPrompt()).isEqualTo("a drive");
        assertThat(now.getViewers()).isEmpty();
    }

    @Test
    void whoever_reads_kinds_that_it_does_not_know_gets_other_ones() throws Exception {
        Schema newer = new Schema.Parser()
                .parse(VideoEvent.getClassSchema().toString().replace("\"OTHER\"]", "\"OTHER\",\"REWOUND\"]"));
        assertThat(newer).isNotEqualTo(VideoEvent.getClassSchema());

        new SchemaValidatorBuilder()
                .canReadStrategy()
                .validateLatest()
                .validate(VideoEvent.getClassSchema(), List.of(newer));
    }

    @Test
    void a_flat_prompt_is_one_of_a_single_scene() throws IOException {
        Schema schema = schema("PromptEvent.1.avsc");
        GenericRecord then = prompt(schema);
        then.put("negative_prompt", "rain");
        then.put("guidance", 2.5);

        PromptEvent now = Wire.decode(bytes(schema, then), PromptEvent.class);

        assertThat(now.getScenes()).isEqualTo(Scenes.only(new Scene("a drive", "rain", 7L, 2.5, null)));
        assertThat(now.getSeconds()).isEqualTo(10);
        assertThat(now.getModel()).isEqualTo("drive");
        assertThat(now.getTenant()).isEmpty();
        assertThat(Wire.decode(Wire.encode(now))).isEqualTo(now);
    }

    @Test
    void a_task_of_before_has_a_scene_and_says_that_its_output_is_wanted() throws IOException {
        Schema schema = schema("StageTask.1.avsc");
        GenericRecord then = new GenericData.Record(schema);
        Map<String, Object> said = Map.ofEntries(
                Map.entry("video_id", "x"),
                Map.entry("stage", symbol(schema, "stage", "INTERPOLATE")),
                Map.entry("segment", 3),
                Map.entry("model", "drive"),
                Map.entry("model_digest", "abc"),
                Map.entry("prompt", "a drive"),
                Map.entry("negative_prompt", ""),
                Map.entry("seed", 7L),
                Map.entry("guidance", 2.0),
                Map.entry("steps", 4),
                Map.entry("codec", "h264"),
                Map.entry("first_frame", 72L),
                Map.entry("frame_count", 24),
                Map.entry("last", false),
                Map.entry("publish", false),
                Map.entry(
                        "inputs",
                        Map.of(
                                "source",
                                reference(schema.getField("inputs").schema().getValueType()))));
        said.forEach(then::put);

        StageTask now = Wire.decode(bytes(schema, then), StageTask.class);

        assertThat(now.getStage()).isEqualTo("interpolate");
        assertThat(now.getScene()).isEqualTo(new Scene("a drive", "", 7L, 2.0, 4));
        assertThat(now.getOutputs()).containsExactly("out");
        assertThat(now.getInputs().get("source").getPayloadId()).isEqualTo("p");
        then.put("publish", true);
        assertThat(Wire.decode(bytes(schema, then), StageTask.class).getOutputs())
                .isEmpty();
    }

    @Test
    void a_task_from_before_scenes_could_pass_shows_one_alone() throws IOException {
        Schema schema = schema("StageTask.2.avsc");
        GenericRecord scene = new GenericData.Record(schema.getField("scene").schema());
        scene.put("prompt", "a drive");
        scene.put("negative_prompt", "");
        scene.put("seed", 7L);
        GenericRecord then = new GenericData.Record(schema);
        Map<String, Object> said = Map.ofEntries(
                Map.entry("video_id", "x"),
                Map.entry("stage", "decode"),
                Map.entry("segment", 3),
                Map.entry("model", "drive"),
                Map.entry("model_digest", "abc"),
                Map.entry("scene", scene),
                Map.entry("codec", "h264"),
                Map.entry("first_frame", 72L),
                Map.entry("frame_count", 24),
                Map.entry("last", false),
                Map.entry("publish", false),
                Map.entry("inputs", Map.of()),
                Map.entry("outputs", List.of("out")));
        said.forEach(then::put);

        StageTask now = Wire.decode(bytes(schema, then), StageTask.class);

        assertThat(now.getTransition()).isNull();
        assertThat(now.getOutputs()).containsExactly("out");
        assertThat(Wire.decode(Wire.encode(now))).isEqualTo(now);
    }

    @Test
    void the_tensor_of_a_result_of_before_is_the_output_that_every_stage_has() throws IOException {
        Schema schema = schema("StageResult.1.avsc");
        GenericRecord then = new GenericData.Record(schema);
        then.put("video_id", "x");
        then.put("stage", symbol(schema, "stage", "DECODE"));
        then.put("segment", 3);
        then.put("outcome", symbol(schema, "outcome", "DONE"));
        then.put("reason", "");
        then.put(
                "output",
                reference(schema.getField("output").schema().getTypes().get(1)));
        then.put("compute_millis", 12L);
        then.put("worker", "w");

        StageResult now = Wire.decode(bytes(schema, then), StageResult.class);

        assertThat(now.getStage()).isEqualTo("decode");
        assertThat(now.getOutputs()).containsOnlyKeys("out");
        assertThat(now.getOutputs().get("out").getShape()).containsExactly(2, 3);
        then.put("output", null);
        assertThat(Wire.decode(bytes(schema, then), StageResult.class).getOutputs())
                .isEmpty();
    }

    @Test
    void an_event_of_before_names_its_stages_as_manifests_do() throws IOException {
        Schema schema = schema("VideoEvent.2.avsc");
        Schema stage = schema.getField("stage").schema().getTypes().get(1);
        GenericRecord then = new GenericData.Record(schema);
        then.put("video_id", "x");
        then.put("kind", symbol(schema, "kind", "STAGE_DONE"));
        then.put("stage", new GenericData.EnumSymbol(stage, "KEYFRAMES"));
        then.put("segment", 3);
        then.put("frames", 96L);
        then.put("total_frames", 240L);
        then.put("frame_rate", 24);
        then.put(
                "stages",
                List.of(new GenericData.EnumSymbol(stage, "KEYFRAMES"), new GenericData.EnumSymbol(stage, "DECODE")));
        then.put("message", "");
        then.put("at", 5000L);

        VideoEvent now = Wire.decode(bytes(schema, then), VideoEvent.class);

        assertThat(now.getStage()).isEqualTo("keyframes");
        assertThat(now.getStages()).containsExactly("keyframes", "decode");
        assertThat(now.getAt().toEpochMilli()).isEqualTo(5000);
    }

    @Test
    void a_part_of_a_file_of_before_is_read_under_its_new_name() throws IOException {
        Schema schema = schema("FilmFragment.1.avsc");
        GenericRecord then = new GenericData.Record(schema);
        then.put("video_id", "x");
        then.put("fragment", 1);
        then.put("first_frame", 0L);
        then.put("frame_count", 24);
        then.put("container", "mp4");
        then.put("last", true);
        then.put("chunk", 0);
        then.put("chunk_count", 1);
        then.put("crc32c", 5L);
        then.put("data", ByteBuffer.wrap(new byte[] {1, 2}));

        FragmentChunk now = Wire.decode(bytes(schema, then), FragmentChunk.class);

        assertThat(now.getFragment()).isEqualTo(1);
        assertThat(now.getData()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    /** A drive of ten seconds with seed 7, all else as it is by default. */
    private static GenericRecord prompt(Schema schema) {
        GenericRecord prompt = new GenericData.Record(schema);
        Map<String, Object> asked = Map.of("video_id", "x", "prompt", "a drive", "seed", 7L, "seconds", 10.0);
        schema.getFields()
                .forEach(field -> prompt.put(
                        field.name(),
                        asked.containsKey(field.name())
                                ? asked.get(field.name())
                                : GenericData.get().getDefaultValue(field)));
        return prompt;
    }

    private static GenericRecord reference(Schema schema) {
        GenericRecord reference = new GenericData.Record(schema);
        reference.put("payload_id", "p");
        reference.put("topic", "longtake.latents");
        reference.put("partition", 0);
        reference.put("first_offset", 9L);
        reference.put("chunk_count", 1);
        reference.put("bytes", 24L);
        reference.put("crc32c", 5L);
        reference.put("dtype", symbol(schema, "dtype", "F32"));
        reference.put("shape", List.of(2, 3));
        return reference;
    }

    private static Schema schema(String file) throws IOException {
        return new Schema.Parser().parse(Path.of("schemas", "earlier", file).toFile());
    }

    private static GenericData.EnumSymbol symbol(Schema record, String field, String name) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), name);
    }

    private static byte[] bytes(Schema schema, GenericRecord record) throws IOException {
        ByteBuffer bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }
}
