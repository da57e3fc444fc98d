package io.longtake.event;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** What becomes of records of {@link EarlierSchemas} that Avro alone cannot read as today's. */
final class Upgrades {

    /** The output that every stage has; stages of before had no other. */
    private static final String OUT = "out";

    private Upgrades() {}

    /** Flat, of one scene. */
    static GenericRecord promptEvent(GenericRecord earlier, Schema today) {
        GenericRecord event = alike(earlier, today);
        Schema scheduled = today.getField("scenes").schema().getElementType();
        GenericRecord only = new GenericData.Record(scheduled);
        only.put("scene", alike(earlier, scheduled.getField("scene").schema()));
        only.put("begins", 0.0);
        only.put("transition", 0.0);
        event.put("scenes", List.of(only));
        event.put("priority", 0);
        event.put("tenant", "");
        return event;
    }

    /** Flat, and of a stage whose output went to the next stage, if it was not the last. */
    static GenericRecord stageTask(GenericRecord earlier, Schema today) {
        GenericRecord task = alike(earlier, today);
        task.put("stage", stageName(earlier.get("stage")));
        task.put("scene", alike(earlier, today.getField("scene").schema()));
        task.put("outputs", (boolean) earlier.get("publish") ? List.of() : List.of(OUT));
        return task;
    }

    static GenericRecord stageResult(GenericRecord earlier, Schema today) {
        GenericRecord result = alike(earlier, today);
        result.put("stage", stageName(earlier.get("stage")));
        result.put("outputs", outputs(earlier.get("output")));
        return result;
    }

    static GenericRecord videoEvent(GenericRecord earlier, Schema today) {
        GenericRecord event = alike(earlier, today);
        event.put("stage", earlier.get("stage") == null ? null : stageName(earlier.get("stage")));
        event.put("stages", records(earlier.get("stages"), Upgrades::stageName));
        return event;
    }

    static GenericRecord directorState(GenericRecord earlier, Schema today) {
        GenericRecord state = alike(earlier, today);
        state.put(
                "order",
                promptEvent(
                        (GenericRecord) earlier.get("order"),
                        today.getField("order").schema()));
        Schema segments = today.getField("segments").schema().getElementType();
        state.put(
                "segments",
                records(earlier.get("segments"), segment -> segmentState((GenericRecord) segment, segments)));
        state.put("viewers", earlier.get("watchers"));
        return state;
    }

    private static GenericRecord segmentState(GenericRecord earlier, Schema today) {
        GenericRecord segment = alike(earlier, today);
        Schema steps = today.getField("steps").schema().getElementType();
        segment.put("steps", records(earlier.get("steps"), step -> stepState((GenericRecord) step, steps)));
        return segment;
    }

    private static GenericRecord stepState(GenericRecord earlier, Schema today) {
        GenericRecord step = alike(earlier, today);
        step.put("stage", stageName(earlier.get("stage")));
        step.put("outputs", outputs(earlier.get("output")));
        step.put("attempts", earlier.get("asked"));
        return step;
    }

    /** A constant of an enum before, a name now. */
    private static String stageName(Object symbol) {
        return symbol.toString().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> outputs(Object only) {
        return only == null ? Map.of() : Map.of(OUT, only);
    }

    private static List<Object> records(Object earlier, UnaryOperator<Object> upgrade) {
        return ((Collection<?>) earlier)
                .stream().map(item -> upgrade.apply(item)).toList();
    }

    /** With every field that both have under one name. */
    private static GenericRecord alike(GenericRecord earlier, Schema today) {
        GenericRecord record = new GenericData.Record(today);
        for (Schema.Field field : today.getFields()) {
            if (earlier.hasField(field.name())) {
                record.put(field.name(), earlier.get(field.name()));
            } else if (field.hasDefaultValue()) {
                record.put(field.name(), GenericData.get().getDefaultValue(field));
            }
        }
        return record;
    }
}
