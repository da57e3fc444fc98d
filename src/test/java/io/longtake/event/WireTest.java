package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.HostileRecords.Hostile;
import io.longtake.event.HostileRecords.Kind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {

    private static final String ID = "11111111-2222-3333-4444-555555555555";

    @Test
    void a_record_that_no_broker_takes_is_not_made() {
        assertThatThrownBy(() -> Wire.encode(new CancelEvent(ID, "x".repeat(2_000_000))))
                .isInstanceOf(OversizedRecordException.class)
                .hasMessageMatching("CancelEvent of 20000\\d\\d bytes: the limit is 1044480");
    }

    @Test
    void the_largest_records_of_ours_are_made() {
        FrameChunk largest = FrameChunk.newBuilder()
                .setVideoId(ID)
                .setSegment(Integer.MAX_VALUE)
                .setFirstFrame(Long.MAX_VALUE)
                .setFrameCount(10_000)
                .setLast(true)
                .setWidth(8192)
                .setHeight(8192)
                .setFrameRate(1000)
                .setCodec("h264")
                .setExtradata(ByteBuffer.allocate(64 << 10))
                .setPacketSizes(Collections.nCopies(10_000, 256 << 20))
                .setChunk(341)
                .setChunkCount(342)
                .setBatchBytes(256 << 20)
                .setBatchCrc32c(0xFFFFFFFFL)
                .setCrc32c(0xFFFFFFFFL)
                .setData(ByteBuffer.allocate(Chunks.LIMIT))
                .build();

        assertThatCode(() -> Wire.encode(largest)).doesNotThrowAnyException();
    }

    @Test
    void a_length_that_the_bytes_cannot_hold_is_not_believed() {
        byte[] cancel = Wire.encode(new CancelEvent(ID, ""));
        byte[] claim = Arrays.copyOf(cancel, cancel.length + 5);
        // the last byte was the empty reason's length; now it says 2,000,000,000
        ByteBuffer.wrap(claim, cancel.length - 1, 5)
                .put(new byte[] {(byte) 0x80, (byte) 0xD0, (byte) 0xAC, (byte) 0xF3, 0x0E});

        assertThatThrownBy(() -> Wire.decode(claim))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("broken CancelEvent: a text of 2000000000, but only 1 bytes are left of the record");
    }

    @Test
    void an_array_that_the_bytes_cannot_hold_is_not_believed() {
        byte[] event = Wire.encode(VideoEvent.newBuilder()
                .setVideoId(ID)
                .setKind(VideoEventKind.LATE)
                .setAt(java.time.Instant.EPOCH)
                .build());
        // stages, message and at are a byte each: the first of them says how many stages
        event[event.length - 3] = 0x7E;

        assertThatThrownBy(() -> Wire.decode(event)).hasMessageContaining("items of 63, but only 2 bytes are left");
    }

    @ParameterizedTest
    @EnumSource
    void whatever_bytes_come_they_are_a_record_or_unreadable_or_newer(Kind kind) {
        HostileRecords hostile = new HostileRecords(1, ID);
        for (int i = 0; i < 200; i++) {
            Hostile record = hostile.next(Topic.PROMPTS, kind);
            try {
                assertThat(Wire.decode(record.value()).getSchema()).isNotNull();
            } catch (UnreadableRecordException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (NewerRecordException e) {
                assertThat(kind.isNewer()).isTrue();
            }
        }
    }

    @Test
    void a_record_of_a_later_version_is_no_garbage() {
        CancelEvent cancel = new CancelEvent(ID, "enough");
        byte[] newer = NewerRecords.encode(cancel);
        long fingerprint = NewerRecords.fingerprint(CancelEvent.getClassSchema());

        assertThatThrownBy(() -> Wire.decode(newer))
                .isInstanceOf(NewerRecordException.class)
                .isNotInstanceOf(UnreadableRecordException.class)
                .extracting("fingerprint")
                .isEqualTo(fingerprint);
        assertThat(RecordDecoder.ours().knows(fingerprint)).isFalse();
        RecordDecoder later = NewerRecords.decoder(CancelEvent.getClassSchema());
        assertThat(later.knows(fingerprint)).isTrue();
        assertThat(later.decode(newer)).isEqualTo(cancel);
        assertThat(later.decode(Wire.encode(cancel))).isEqualTo(cancel);
    }

    @Test
    void garbage_leaves_nothing_behind_for_the_next_record() {
        CancelEvent cancel = new CancelEvent(ID, "enough");
        byte[] whole = Wire.encode(cancel);
        for (int length = 10; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Wire.decode(cut)).isInstanceOf(UnreadableRecordException.class);
            assertThat(Wire.decode(whole)).isEqualTo(cancel);
        }
    }

    @Test
    void a_deadline_comes_through() {
        PromptEvent prompt = PromptEvent.newBuilder()
                .setVideoId(ID)
                .setScenes(Scenes.only(Scene.newBuilder().setPrompt("a drive").build()))
                .setSeconds(1)
                .setDeadline(Instant.ofEpochMilli(1_800_000_000_000L))
                .build();
        DirectorState state = DirectorState.newBuilder()
                .setOrder(prompt)
                .setModelDigest("digest")
                .setTotalFrames(24)
                .setStatus(VideoStatus.RUNNING)
                .setStitched(0)
                .setSegments(List.of())
                .build();

        assertThat(Wire.decode(Wire.encode(prompt))).isEqualTo(prompt);
        assertThat(Wire.decode(Wire.encode(state))).isEqualTo(state);
    }

    @Test
    void many_threads_may_read_and_write_at_once() {
        IntStream.range(0, 2_000).parallel().forEach(i -> {
            StageResult result = StageResult.newBuilder()
                    .setVideoId(ID)
                    .setStage("decode")
                    .setSegment(i)
                    .setOutcome(Outcome.DONE)
                    .setWorker("w".repeat(i))
                    .build();
            assertThat(Wire.decode(Wire.encode(result))).isEqualTo(result);
        });
    }

    @Test
    void the_same_seed_gives_the_same_records() {
        Hostile one = new HostileRecords(7, ID).next(Topic.PROMPTS, Kind.ODD_CONTENT);
        Hostile again = new HostileRecords(7, ID).next(Topic.PROMPTS, Kind.ODD_CONTENT);

        assertThat(again.value()).isEqualTo(one.value());
        assertThat(again.key()).isEqualTo(one.key());
        assertThat(UUID.fromString(new HostileRecords(7, ID)
                        .next(Topic.PROMPTS, Kind.NO_VALUE)
                        .key()))
                .isNotNull();
    }
}
