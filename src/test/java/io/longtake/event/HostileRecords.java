package io.longtake.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;

/** Records that nobody should send, from a seed: the same seed, the same records. */
public final class HostileRecords {

    /** What is wrong with a record. */
    public enum Kind {
        NO_VALUE,
        EMPTY_VALUE,
        MEGABYTE_KEY,
        HEADER_FLOOD,
        NO_TIME,
        YEAR_9999,
        MISSING_PARTS,
        UNKNOWN_SCHEMA,
        BYTES_OF_ANOTHER_SCHEMA,
        /** Well-formed, and every part of it is odd. */
        ODD_CONTENT;

        /** Whether no reader can do anything with such a record but say so. */
        public boolean isUseless() {
            return this != BYTES_OF_ANOTHER_SCHEMA && this != ODD_CONTENT && !isNewer();
        }

        /** Whether such a record may be one of a later version. */
        public boolean isNewer() {
            return this == UNKNOWN_SCHEMA;
        }
    }

    /** @param time milliseconds since 1970; -1: none */
    public record Hostile(Kind kind, Topic topic, String key, byte[] value, long time, int headers) {}

    public static final long YEAR_9999 = Instant.parse("9999-01-01T00:00:00Z").toEpochMilli();

    /** Key and value so large that a broker just takes them, and nothing of the same key that says a little more. */
    private static final int FULL = (1 << 20) - 276;

    private static final int TEXT = 900_000;

    private static final int FLOOD = 2000;

    private static final List<Schema> SCHEMAS = List.of(
            PromptEvent.getClassSchema(),
            CancelEvent.getClassSchema(),
            DeleteEvent.getClassSchema(),
            ExtendEvent.getClassSchema(),
            PlayheadEvent.getClassSchema(),
            StageTask.getClassSchema(),
            StageResult.getClassSchema(),
            SegmentStitched.getClassSchema(),
            PayloadChunk.getClassSchema(),
            FrameChunk.getClassSchema(),
            FragmentChunk.getClassSchema(),
            VideoEvent.getClassSchema(),
            DeadLetter.getClassSchema(),
            DirectorState.getClassSchema(),
            PublishedModel.getClassSchema(),
            ParkedRecord.getClassSchema());

    private final SplittableRandom random;
    private final String running;
    private boolean large;

    /** @param running id of a video that is being made: a third of the odd ones are about it */
    public HostileRecords(long seed, String running) {
        this.random = new SplittableRandom(seed);
        this.running = running;
    }

    /** So many records for a topic, as many of each kind. */
    public List<Hostile> on(Topic topic, int count) {
        List<Hostile> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(next(topic, Kind.values()[i % Kind.values().length]));
        }
        return records;
    }

    public Hostile next(Topic topic, Kind kind) {
        String stranger = uuid();
        byte[] bad = bad(topic, stranger);
        return switch (kind) {
            case NO_VALUE -> new Hostile(kind, topic, stranger, null, 0, 0);
            case EMPTY_VALUE -> new Hostile(kind, topic, stranger, new byte[0], 0, 0);
            case MEGABYTE_KEY -> new Hostile(kind, topic, endless(FULL - bad.length), bad, 0, 0);
            case HEADER_FLOOD -> new Hostile(kind, topic, stranger, bad, 0, FLOOD);
            case NO_TIME -> new Hostile(kind, topic, stranger, bad, -1, 0);
            case YEAR_9999 -> new Hostile(kind, topic, stranger, bad, YEAR_9999, 0);
            case MISSING_PARTS -> {
                byte[] whole = odd(schema(), stranger);
                yield new Hostile(kind, topic, stranger, Arrays.copyOf(whole, random.nextInt(10, whole.length)), 0, 0);
            }
            case UNKNOWN_SCHEMA -> new Hostile(kind, topic, stranger, unknown(), 0, 0);
            case BYTES_OF_ANOTHER_SCHEMA -> {
                byte[] value = odd(schema(), stranger);
                mark(value, SchemaNormalization.parsingFingerprint64(schema()));
                yield new Hostile(kind, topic, stranger, value, 0, 0);
            }
            case ODD_CONTENT -> {
                large = true; // not the id: it is in the record and its key
                String id = random.nextInt(3) == 0 ? running : random.nextBoolean() ? stranger : text();
                yield new Hostile(kind, topic, id, odd(schema(topic), id), 0, 0);
            }
        };
    }

    /** Well-formed, and of no use to whoever reads the topic. */
    private byte[] bad(Topic topic, String id) {
        return switch (topic.topicName()) {
            case "longtake.prompts" -> Wire.encode(PromptEvent.newBuilder()
                    .setVideoId(id)
                    .setScenes(
                            Scenes.only(Scene.newBuilder().setPrompt("a drive").build()))
                    .setSeconds(0)
                    .build());
            case "longtake.results" -> Wire.encode(StageResult.newBuilder()
                    .setVideoId(id)
                    .setStage("decode")
                    .setSegment(0)
                    .setOutcome(Outcome.DONE)
                    .setWorker("w".repeat(5_000))
                    .build());
            case "longtake.videos" -> Wire.encode(VideoEvent.newBuilder()
                    .setVideoId(id)
                    .setKind(VideoEventKind.STAGE_DONE)
                    .setAt(Instant.EPOCH)
                    .build());
            case "longtake.segments" -> Wire.encode(
                    new FragmentChunk(id, 0, 0L, 0, "mp4", false, 0, 1, 1L, ByteBuffer.wrap(new byte[] {1, 2, 3})));
            default -> Wire.encode(new CancelEvent(id, "elsewhere"));
        };
    }

    private Schema schema() {
        return SCHEMAS.get(random.nextInt(SCHEMAS.size()));
    }

    /** Mostly one that belongs on the topic. */
    private Schema schema(Topic topic) {
        List<Schema> own =
                switch (topic.topicName()) {
                    case "longtake.prompts" -> SCHEMAS.subList(0, 5);
                    case "longtake.results" -> SCHEMAS.subList(6, 8);
                    case "longtake.latents" -> SCHEMAS.subList(8, 9);
                    case "longtake.frames" -> SCHEMAS.subList(9, 10);
                    case "longtake.segments" -> SCHEMAS.subList(10, 11);
                    case "longtake.videos" -> SCHEMAS.subList(11, 12);
                    case "longtake.dead-letters" -> SCHEMAS.subList(12, 13);
                    case "longtake.models" -> SCHEMAS.subList(14, 15);
                    case "longtake.parked" -> SCHEMAS.subList(15, 16);
                    default -> SCHEMAS.subList(5, 6);
                };
        return random.nextInt(5) == 0 ? schema() : own.get(random.nextInt(own.size()));
    }

    private byte[] unknown() {
        byte[] value = new byte[random.nextInt(10, 300)];
        random.nextBytes(value);
        mark(value, random.nextLong());
        return value;
    }

    private static void mark(byte[] value, long fingerprint) {
        ByteBuffer.wrap(value)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(fingerprint);
    }

    /** A record of a schema, each part of it as odd as its type allows; about a video, if it is about one. */
    private byte[] odd(Schema schema, String videoId) {
        large = false;
        GenericData.Record record = (GenericData.Record) any(schema);
        if (schema.getField("video_id") != null) {
            record.put("video_id", videoId);
        }
        try {
            ByteBuffer bytes = new BinaryMessageEncoder<GenericData.Record>(new GenericData(), schema).encode(record);
            byte[] value = new byte[bytes.remaining()];
            bytes.get(value);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object any(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), any(field.schema())));
                yield record;
            }
            case ENUM -> new GenericData.EnumSymbol(
                    schema,
                    schema.getEnumSymbols()
                            .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (int n = few(); n > 0; n--) {
                    items.add(any(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                Map<String, Object> items = new HashMap<>();
                for (int n = random.nextInt(3); n > 0; n--) {
                    items.put(text(), any(schema.getValueType()));
                }
                yield items;
            }
            case UNION -> any(
                    schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case STRING -> text();
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                yield ByteBuffer.wrap(bytes);
            }
            case INT -> (int) number();
            case LONG -> number();
            case DOUBLE -> real();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException("no schema of ours has a " + schema.getType());
        };
    }

    private int few() {
        if (!large && random.nextInt(20) == 0) {
            large = true;
            return 5000;
        }
        return random.nextInt(4);
    }

    private long number() {
        long[] odd = {-1, 0, 1, 24, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
        int at = random.nextInt(odd.length + 1);
        return at < odd.length ? odd[at] : random.nextLong();
    }

    private double real() {
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1, Double.MAX_VALUE};
        return odd[random.nextInt(odd.length)];
    }

    private String text() {
        if (!large && random.nextInt(25) == 0) {
            large = true;
            return endless(TEXT);
        }
        List<String> odd =
                List.of("", "\0\r\n\u001b[2J", "../../etc", "raw", "h264", "longtake.latents", running, uuid());
        return odd.get(random.nextInt(odd.size()));
    }

    /** @param bytes about so many in UTF-8, of one or of three a character */
    private String endless(int bytes) {
        return random.nextBoolean() ? "k".repeat(bytes) : "€".repeat(bytes / 3);
    }

    private String uuid() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }
}
