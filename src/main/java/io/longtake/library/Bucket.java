package io.longtake.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects below a place. What goes wrong is an {@link UncheckedIOException} that names key, reason and remedy. */
final class Bucket implements AutoCloseable {

    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Location place;
    private final S3Client s3;
    private volatile boolean conditions = true;

    Bucket(S3Location place) {
        this.place = place;
        this.s3 = S3Clients.to(place);
    }

    /** Writes what never changes: only where nothing is, if the store knows such conditions. */
    void create(String key, byte[] bytes) {
        if (conditions) {
            conditions = trying("write", key, () -> created(key, bytes));
        }
        if (!conditions) {
            replace(key, bytes);
        }
    }

    /** @return whether it is there; not where the store knows no conditions */
    private boolean created(String key, byte[] bytes) {
        try {
            s3.putObject(
                    ask -> ask.bucket(place.bucket()).key(whole(key)).ifNoneMatch("*"), RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == NOT_IMPLEMENTED) {
                return e.statusCode() == PRECONDITION_FAILED;
            }
            throw e;
        }
    }

    void replace(String key, byte[] bytes) {
        trying(
                "write",
                key,
                () -> s3.putObject(ask -> ask.bucket(place.bucket()).key(whole(key)), RequestBody.fromBytes(bytes)));
    }

    Optional<byte[]> content(String key) {
        return trying("read", key, () -> {
            try {
                return Optional.of(
                        s3.getObjectAsBytes(ask -> ask.bucket(place.bucket()).key(whole(key)))
                                .asByteArray());
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    /** @param length of the run, above 0 */
    byte[] run(String key, long from, int length) {
        String range = "bytes=" + from + "-" + (from + length - 1);
        byte[] run = trying("read", key, () -> s3.getObjectAsBytes(
                        ask -> ask.bucket(place.bucket()).key(whole(key)).range(range))
                .asByteArray());
        if (run.length != length) {
            throw tooShort(key, from + length);
        }
        return run;
    }

    UncheckedIOException tooShort(String key, long end) {
        String message = "cannot read " + place.at(key) + ": it ends before byte " + end;
        return new UncheckedIOException(message, new IOException(message));
    }

    void remove(String key) {
        trying(
                "delete",
                key,
                () -> s3.deleteObject(ask -> ask.bucket(place.bucket()).key(whole(key))));
    }

    /** Lengths in bytes by what follows the folder in their keys. */
    Map<String, Long> listing(String folder) {
        return trying("list", folder, () -> {
            Map<String, Long> names = new LinkedHashMap<>();
            s3.listObjectsV2Paginator(ask -> ask.bucket(place.bucket()).prefix(whole(folder)))
                    .contents()
                    .forEach(object ->
                            names.put(object.key().substring(whole(folder).length()), object.size()));
            return names;
        });
    }

    /** Names of the folders in a folder. */
    List<String> folders(String folder) {
        return trying("list", folder, () -> s3
                .listObjectsV2Paginator(
                        ask -> ask.bucket(place.bucket()).prefix(whole(folder)).delimiter("/"))
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .map(prefix -> prefix.substring(whole(folder).length(), prefix.length() - 1))
                .toList());
    }

    @Override
    public void close() {
        s3.close();
    }

    private String whole(String key) {
        return place.prefix() + key;
    }

    private <T> T trying(String what, String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Fault.of(place, what + " " + place.at(key), e);
        }
    }
}
