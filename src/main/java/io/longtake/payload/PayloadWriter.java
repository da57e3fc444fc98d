package io.longtake.payload;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.Outgoing;
import io.longtake.event.PayloadChunk;
import io.longtake.event.PayloadRef;
import io.longtake.event.Topic;
import io.longtake.tensor.Content;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Writes payloads with a producer of the caller's, who opens and commits its transaction: until then nobody can read
 * them. Leaves the partition to the key, so all chunks of a video lie in one. As safe for threads as its producer's
 * transactions are, that is for one.
 */
public final class PayloadWriter {

    private final Producer<String, byte[]> producer;
    private final PayloadCache cache;

    public PayloadWriter(Producer<String, byte[]> producer, PayloadCache cache) {
        this.producer = producer;
        this.cache = cache;
    }

    /** As {@link #write(String, Content, CarriedHeaders)}, because of nothing in particular. */
    public PayloadRef write(String videoId, Content content) {
        return write(videoId, content, CarriedHeaders.NONE);
    }

    /**
     * Writes a content and waits until Kafka has it.
     *
     * @param videoId the video that it belongs to; the key of its chunks
     * @param content at most 64 MiB; not to be changed afterwards
     * @param cause headers of what it is written for
     * @return where it lies
     * @throws IllegalArgumentException if it is too large, before anything is sent
     * @throws KafkaException if it can not be written; the transaction is then to be aborted
     */
    public PayloadRef write(String videoId, Content content, CarriedHeaders cause) {
        PayloadBytes payload = PayloadBytes.of(content);
        ByteBuffer bytes = payload.bytes();
        if (bytes.remaining() > PayloadLimits.BYTES) {
            throw new IllegalArgumentException("payload of " + content + ": expected at most " + PayloadLimits.BYTES
                    + " bytes, got " + bytes.remaining());
        }
        String payloadId = UUID.randomUUID().toString();
        List<RecordMetadata> written = send(payloadId, videoId, Chunks.split(bytes), cause);
        cache.put(payloadId, content);
        return PayloadRef.newBuilder()
                .setPayloadId(payloadId)
                .setTopic(Topic.LATENTS.topicName())
                .setPartition(written.get(0).partition())
                .setFirstOffset(written.get(0).offset())
                .setChunkCount(written.size())
                .setBytes(bytes.remaining())
                .setCrc32c(Checksum.of(bytes))
                .setDtype(payload.dtype())
                .setShape(payload.shape())
                .build();
    }

    private List<RecordMetadata> send(String payloadId, String videoId, List<ByteBuffer> parts, CarriedHeaders cause) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(parts.size());
        for (ByteBuffer part : parts) {
            PayloadChunk chunk = PayloadChunk.newBuilder()
                    .setPayloadId(payloadId)
                    .setVideoId(videoId)
                    .setChunk(sent.size())
                    .setChunkCount(parts.size())
                    .setCrc32c(Checksum.of(part))
                    .setData(part)
                    .build();
            Outgoing record = Outgoing.of(Topic.LATENTS, videoId, chunk).causedBy(cause);
            sent.add(producer.send(record.toProduce()));
        }
        producer.flush(); // or the last chunk lingers, waiting for more to go with it
        return sent.stream().map(KafkaAnswer::of).toList();
    }
}
