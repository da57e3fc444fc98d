package io.longtake.payload;

import io.longtake.event.Checksum;
import io.longtake.event.Chunks;
import io.longtake.event.FragmentChunk;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Fragments of a video's file as records of {@code longtake.segments}, and back. */
public final class FragmentRecords {

    /** A batch, and what its container adds. */
    public static final int MAX_BYTES = EncodedBatch.MAX_BYTES + (1 << 20);

    private FragmentRecords() {}

    /** Fragment 0: the file's beginning; without bytes where the container has none. */
    public static List<FragmentChunk> header(String videoId, Codec codec, byte[] file) {
        return split(
                FragmentChunk.newBuilder()
                        .setVideoId(videoId)
                        .setFragment(0)
                        .setFirstFrame(0)
                        .setFrameCount(0)
                        .setContainer(codec.container())
                        .setLast(false),
                file);
    }

    /** Fragment n+1: the file's fragment of segment n. */
    public static List<FragmentChunk> of(FrameBatch batch, byte[] file) {
        return split(
                FragmentChunk.newBuilder()
                        .setVideoId(batch.videoId())
                        .setFragment(batch.segment() + 1)
                        .setFirstFrame(batch.firstFrame())
                        .setFrameCount(batch.encoded().frameCount())
                        .setContainer(batch.encoded().codec().container())
                        .setLast(batch.last()),
                file);
    }

    private static List<FragmentChunk> split(FragmentChunk.Builder record, byte[] file) {
        List<ByteBuffer> parts = Chunks.split(ByteBuffer.wrap(file));
        List<FragmentChunk> records = new ArrayList<>(parts.size());
        for (ByteBuffer part : parts) {
            records.add(record.setChunk(records.size())
                    .setChunkCount(parts.size())
                    .setCrc32c(Checksum.of(part))
                    .setData(part)
                    .build());
        }
        return records;
    }

    /**
     * One record alone.
     *
     * @throws CorruptPayloadException naming the field, its value and what was expected
     */
    public static void check(FragmentChunk record) {
        RecordClaim claim = claim(record);
        claim.videoId("video_id", record.getVideoId());
        claim.within("fragment", record.getFragment(), 0, Integer.MAX_VALUE);
        claim.within("first_frame", record.getFirstFrame(), 0, Long.MAX_VALUE - EncodedBatch.MAX_FRAMES);
        boolean header = record.getFragment() == 0;
        claim.within("frame_count", record.getFrameCount(), header ? 0 : 1, header ? 0 : EncodedBatch.MAX_FRAMES);
        if (Arrays.stream(Codec.values()).noneMatch(codec -> codec.container().equals(record.getContainer()))) {
            throw claim.refused(
                    "container",
                    "expected one of "
                            + Arrays.stream(Codec.values())
                                    .map(Codec::container)
                                    .collect(Collectors.joining(", "))
                            + ", got '" + record.getContainer() + "'");
        }
        claim.within("chunk_count", record.getChunkCount(), 1, Chunks.count(MAX_BYTES));
        claim.within("chunk", record.getChunk(), 0, record.getChunkCount() - 1);
        if (record.getChunk() < record.getChunkCount() - 1) {
            claim.equal("data bytes", record.getData().remaining(), Chunks.LIMIT);
        } else {
            claim.within("data bytes", record.getData().remaining(), header ? 0 : 1, Chunks.LIMIT);
        }
        claim.checksum("crc32c", record.getCrc32c(), Checksum.of(record.getData()));
    }

    /**
     * The bytes of one fragment, of all its records in order.
     *
     * @throws CorruptPayloadException if a record is broken, missing, out of order or of another fragment
     */
    public static byte[] join(List<FragmentChunk> records) {
        if (records.isEmpty()) {
            throw new CorruptPayloadException("fragment: expected at least 1 record, got 0");
        }
        records.forEach(FragmentRecords::check);
        RecordClaim claim = claim(records.get(0));
        claim.equal("records", records.size(), records.get(0).getChunkCount());
        FragmentChunk description = description(records.get(0));
        ByteBuffer file = ByteBuffer.allocate(records.stream()
                .mapToInt(record -> record.getData().remaining())
                .sum());
        for (int i = 0; i < records.size(); i++) {
            claim.equal("chunk", records.get(i).getChunk(), i);
            if (!description(records.get(i)).equals(description)) {
                throw claim.refused("chunk " + i, "expected the description of chunk 0, found another");
            }
            file.put(records.get(i).getData().duplicate());
        }
        return file.array();
    }

    /** Whether two records belong to the same fragment, and say the same about it. */
    public static boolean agree(FragmentChunk one, FragmentChunk other) {
        return description(one).equals(description(other));
    }

    private static FragmentChunk description(FragmentChunk record) {
        return new FragmentChunk(
                record.getVideoId(),
                record.getFragment(),
                record.getFirstFrame(),
                record.getFrameCount(),
                record.getContainer(),
                record.getLast(),
                0,
                record.getChunkCount(),
                0L,
                ByteBuffer.allocate(0));
    }

    private static RecordClaim claim(FragmentChunk record) {
        return new RecordClaim("fragment " + record.getFragment() + " of video " + record.getVideoId());
    }
}
