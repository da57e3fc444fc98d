package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Topics and stores hold records of versions before this one. */
class EarlierRecordsTest {

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
        Schema orders = schema.getField("order").schema();
        GenericRecord order = new GenericData.Record(orders);
        Map<String, Object> asked = Map.of("video_id", "x", "prompt", "a drive", "seed", 7L, "seconds", 10.0);
        orders.getFields()
                .forEach(field -> order.put(
                        field.name(),
                        asked.containsKey(field.name())
                                ? asked.get(field.name())
                                : GenericData.get().getDefaultValue(field)));
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
