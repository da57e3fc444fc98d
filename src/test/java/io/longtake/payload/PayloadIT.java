package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.SharedBroker;
import io.longtake.event.Chunks;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PayloadRef;
import io.longtake.event.Topic;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class PayloadIT {

    private final String videoId = UUID.randomUUID().toString();
    private final KafkaConnection kafka;
    private final Producer<String, byte[]> producer;
    private final PayloadReader reader;
    private final List<AutoCloseable> open = new ArrayList<>();

    PayloadIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.producer = producer();
        this.reader = reader(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void a_tensor_of_many_chunks_comes_back_as_it_was() {
        Tensor tensor = tensor(3, Chunks.LIMIT / 4);

        PayloadRef ref = committed(producer, tensor);

        assertThat(ref.getChunkCount()).isEqualTo(3);
        assertThat(reader.read(ref)).isEqualTo(tensor);
    }

    @Test
    void frames_come_back_as_they_were() {
        Frames frames = frames(2, 48, 64);

        assertThat(reader.read(committed(producer, frames))).isEqualTo(frames);
    }

    @Test
    void one_reader_reads_many_payloads_in_any_order() {
        PayloadRef first = committed(producer, tensor(1, 10));
        PayloadRef second = committed(producer, tensor(2, 20));

        assertThat(reader.read(second)).isEqualTo(tensor(2, 20));
        assertThat(reader.read(first)).isEqualTo(tensor(1, 10));
        assertThat(reader.read(second)).isEqualTo(tensor(2, 20));
    }

    @Test
    void writers_of_one_partition_do_not_disturb_each_other() {
        Producer<String, byte[]> other = producer();
        producer.beginTransaction();
        other.beginTransaction();
        PayloadRef one = write(producer, tensor(2, Chunks.LIMIT / 4));
        PayloadRef between = write(other, frames(3, 100, 100));
        PayloadRef two = write(producer, tensor(1, 7));
        other.commitTransaction();
        producer.commitTransaction();

        assertThat(reader.read(one)).isEqualTo(tensor(2, Chunks.LIMIT / 4));
        assertThat(reader.read(between)).isEqualTo(frames(3, 100, 100));
        assertThat(reader.read(two)).isEqualTo(tensor(1, 7));
    }

    @Test
    void an_aborted_payload_is_never_readable() {
        producer.beginTransaction();
        PayloadRef aborted = write(producer, tensor(1, 10));
        producer.abortTransaction();
        committed(producer, tensor(1, 3));

        assertThatThrownBy(() -> reader.read(aborted))
                .isInstanceOf(PayloadMissingException.class)
                .hasMessageContaining("was aborted or deleted");
    }

    @Test
    void an_uncommitted_payload_is_missing_until_it_is_committed() {
        producer.beginTransaction();
        PayloadRef ref = write(producer, tensor(1, 10));

        assertThatThrownBy(() -> reader(Duration.ofMillis(200)).read(ref))
                .isInstanceOf(PayloadMissingException.class)
                .hasMessageContaining("0 of 1 chunks are there after 200 ms");

        CompletableFuture<Content> waiting = CompletableFuture.supplyAsync(() -> reader.read(ref));
        producer.commitTransaction();
        assertThat(waiting.join()).isEqualTo(tensor(1, 10));
    }

    @Test
    void a_payload_beyond_the_end_of_the_log_can_not_come_and_is_refused() {
        PayloadRef ref = committed(producer, tensor(1, 10));

        assertThatThrownBy(() -> reader.read(at(ref, ref.getFirstOffset() + 1_000_000)))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("first_offset: expected at most")
                .hasMessageContaining("got " + (ref.getFirstOffset() + 1_000_000));
    }

    @Test
    void a_payload_that_would_be_the_next_to_be_written_is_refused_too() {
        PayloadRef ref = committed(producer, tensor(1, 10));
        long afterItsMarker = ref.getFirstOffset() + 2;

        assertThatThrownBy(() -> reader.read(at(ref, afterItsMarker)))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("first_offset: expected at most " + (afterItsMarker - 1));
    }

    @Test
    void a_payload_of_a_partition_that_is_not_there_is_refused() {
        PayloadRef forged = PayloadRef.newBuilder(committed(producer, tensor(1, 10)))
                .setPartition(999)
                .build();

        assertThatThrownBy(() -> reader.read(forged))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("partition: expected 0..2, got 999");
    }

    @Test
    void a_payload_whose_transaction_takes_long_is_waited_for() {
        producer.beginTransaction();
        PayloadRef ref = write(producer, tensor(1, 10));

        assertThatThrownBy(() -> reader(Duration.ofMillis(1_500)).read(ref))
                .isInstanceOf(PayloadMissingException.class)
                .hasMessageContaining("0 of 1 chunks are there after 1500 ms");
        producer.commitTransaction();
    }

    private static PayloadRef at(PayloadRef ref, long offset) {
        return PayloadRef.newBuilder(ref).setFirstOffset(offset).build();
    }

    @Test
    void a_damaged_chunk_is_refused() {
        PayloadRef ref = committed(new DamagingProducer(producer, 1), tensor(2, Chunks.LIMIT / 4));

        assertThatThrownBy(() -> reader.read(ref))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining(ref.getPayloadId())
                .hasMessageContaining("chunk 1: expected CRC-32C");
    }

    @Test
    void a_reference_to_another_payloads_place_is_refused() {
        PayloadRef ref = committed(producer, tensor(1, 10));
        PayloadRef forged = PayloadRef.newBuilder(ref).setPayloadId("forged").build();

        assertThatThrownBy(() -> reader.read(forged))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("expected chunk 0, found a chunk of payload " + ref.getPayloadId());
    }

    @Test
    void garbage_on_the_topic_between_payloads_hurts_nobody() {
        PayloadRef before = committed(producer, tensor(1, 10));
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(Topic.LATENTS.topicName(), videoId, new byte[] {1, 2, 3}));
        producer.send(new ProducerRecord<>(Topic.LATENTS.topicName(), videoId, null));
        producer.flush(); // a commit alone may overtake what was sent last
        producer.commitTransaction();
        PayloadRef after = committed(producer, tensor(1, 11));

        assertThat(reader.read(before)).isEqualTo(tensor(1, 10));
        assertThat(reader.read(after)).isEqualTo(tensor(1, 11));
    }

    @Test
    void a_payload_over_the_limit_is_not_even_sent() {
        Tensor huge = Tensor.zeros(17 << 20);

        assertThatThrownBy(() -> write(producer, huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 67108864 bytes, got 71303168");
    }

    @Test
    void what_this_process_wrote_itself_is_not_fetched() {
        PayloadCache cache = new PayloadCache(1 << 20);
        Tensor tensor = tensor(1, 10);
        producer.beginTransaction();
        PayloadRef ref = new PayloadWriter(producer, cache).write(videoId, tensor);
        producer.commitTransaction();
        PayloadReader cached = open(new PayloadReader(kafka, cache, Duration.ofSeconds(30)));

        assertThat(cached.read(ref)).isSameAs(tensor);
    }

    private PayloadRef committed(Producer<String, byte[]> writing, Content content) {
        writing.beginTransaction();
        PayloadRef ref = write(writing, content);
        writing.commitTransaction();
        return ref;
    }

    private PayloadRef write(Producer<String, byte[]> writing, Content content) {
        return new PayloadWriter(writing, PayloadCache.none()).write(videoId, content);
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> made = open(new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "payload-it-" + UUID.randomUUID())),
                new StringSerializer(),
                new ByteArraySerializer()));
        made.initTransactions();
        return made;
    }

    private PayloadReader reader(Duration deadline) {
        return open(new PayloadReader(kafka, PayloadCache.none(), deadline));
    }

    private <T extends AutoCloseable> T open(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private static Tensor tensor(int rows, int columns) {
        Tensor tensor = Tensor.zeros(rows, columns);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = i * 0.5f - rows;
        }
        return tensor;
    }

    private static Frames frames(int count, int height, int width) {
        byte[] rgb = new byte[count * height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        return new Frames(count, height, width, rgb);
    }
}
