package io.longtake.library;

import io.longtake.event.VideoId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Videos in a bucket, under the same names as in a directory ({@link LocalVideoStore}): one may be copied into the other.
 * Objects are there whole or not at all.
 */
public final class S3VideoStore implements VideoStore, AutoCloseable {

    private static final String VIDEOS = "films/";
    private static final String DELETED = "deleted/";
    private static final String PROBE = "probe";

    private final Bucket bucket;

    private S3VideoStore(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * Returns when it has written, listed, read and deleted there.
     *
     * @param patience with a store that is away
     * @throws java.io.UncheckedIOException that names place, reason and remedy, if one of these is not possible
     */
    public static S3VideoStore open(S3Location place, Patience patience) {
        Bucket bucket = new Bucket(place);
        try {
            patience.run(() -> tryAll(bucket));
            return new S3VideoStore(bucket);
        } catch (RuntimeException e) {
            bucket.close();
            throw e;
        }
    }

    private static void tryAll(Bucket bucket) {
        bucket.replace(PROBE, new byte[0]);
        bucket.listing(PROBE);
        bucket.content(PROBE);
        bucket.remove(PROBE);
    }

    @Override
    public void put(String videoId, StoredFragment fragment, byte[] bytes) {
        if (bytes.length != fragment.bytes()) {
            throw new IllegalArgumentException("fragment " + fragment.fileName() + ": expected " + fragment.bytes()
                    + " bytes, got " + bytes.length);
        }
        bucket.create(video(videoId) + fragment.fileName(), bytes);
    }

    @Override
    public byte[] read(String videoId, StoredFragment fragment, long from, int length) {
        String key = video(videoId) + fragment.fileName();
        if (from + length > fragment.bytes()) {
            throw bucket.tooShort(key, from + length);
        }
        return length == 0 ? new byte[0] : bucket.run(key, from, length);
    }

    @Override
    public StoreListing listing(String videoId) {
        return StoreListing.of(bucket.listing(video(videoId)));
    }

    @Override
    public void write(String videoId, String document, byte[] bytes) {
        bucket.replace(video(videoId) + StoreNames.document(document), bytes);
    }

    @Override
    public Optional<byte[]> document(String videoId, String name) {
        return bucket.content(video(videoId) + StoreNames.document(name));
    }

    @Override
    public void drop(String videoId, String document) {
        bucket.remove(video(videoId) + StoreNames.document(document));
    }

    @Override
    public List<String> videos() {
        Set<String> gone = deleted();
        return bucket.folders(VIDEOS).stream()
                .filter(id -> VideoId.isOne(id) && !gone.contains(id))
                .toList();
    }

    @Override
    public void delete(String videoId) {
        String video = video(videoId);
        bucket.replace(DELETED + videoId, new byte[0]);
        // one by one: the request for many is the one that stores agree least about
        InParallel.forEach(bucket.listing(video).keySet(), name -> bucket.remove(video + name));
    }

    @Override
    public Set<String> deleted() {
        return bucket.listing(DELETED).keySet().stream().filter(VideoId::isOne).collect(Collectors.toSet());
    }

    @Override
    public void note(String name, byte[] bytes) {
        bucket.replace(StoreNames.document(name), bytes);
    }

    @Override
    public Optional<byte[]> note(String name) {
        return bucket.content(StoreNames.document(name));
    }

    @Override
    public void close() {
        bucket.close();
    }

    private static String video(String videoId) {
        return VIDEOS + StoreNames.videoId(videoId) + "/";
    }
}
