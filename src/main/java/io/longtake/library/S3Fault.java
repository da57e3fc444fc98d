package io.longtake.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpRetryException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What went wrong in an object store, where, and what helps, in one line; and whether it may pass by itself. What passes is
 * what a store does while it starts, restarts or has too much to do: no answer, 5xx, 429, 408, and 409, which is another
 * request at the same key or a bucket that is being made. What a person must mend does not: a name, a right, an address.
 */
final class S3Fault {

    /** Of a request that came too slowly over the line; the same status says that the region is wrong. */
    private static final String SLOW_REQUEST = "RequestTimeout";

    private S3Fault() {}

    /** @param doing what was tried, with the key: {@code write s3://bucket/key} */
    static UncheckedIOException of(S3Location place, String doing, SdkException e) {
        String message = "cannot " + doing + ": " + reason(place, e);
        return passes(e)
                ? new PassingFaultException(message, new IOException(e))
                : new UncheckedIOException(message, new IOException(e));
    }

    private static boolean passes(SdkException e) {
        if (e instanceof S3Exception answer) {
            return passes(answer.statusCode()) || SLOW_REQUEST.equals(code(answer));
        }
        if (tookTooLong(e)) {
            return true;
        }
        // a certificate that is not trusted comes as an IOException, too, and so does the request for a password
        return causes(e).anyMatch(IOException.class::isInstance)
                && causes(e)
                        .noneMatch(cause ->
                                cause instanceof GeneralSecurityException || cause instanceof HttpRetryException);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    }

    private static boolean passes(int status) {
        return switch (status) {
            case 408, 409, 429 -> true;
            case 501 -> false; // not implemented
            default -> status >= 500;
        };
    }

    private static boolean tookTooLong(SdkException e) {
        return e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException;
    }

    private static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null ? null : details.errorCode();
    }

    private static String reason(S3Location place, SdkException e) {
        if (e instanceof NoSuchBucketException) {
            return "there is no bucket " + place.bucket() + where(place) + "; make it, or name another";
        }
        if (e instanceof S3Exception answer) {
            return answered(place, answer);
        }
        if (tookTooLong(e)) {
            return "no answer" + where(place)
                    + " in time; is the store there, and is this machine allowed to reach it?";
        }
        return "no answer" + where(place) + " (" + root(causes(e).reduce(e, (outer, inner) -> inner))
                + "); is the store there, and is this machine allowed to reach it?";
    }

    private static String answered(S3Location place, S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String said = "the store says " + answer.statusCode()
                + (details == null || details.errorCode() == null
                        ? ""
                        : " " + details.errorCode() + ": " + oneLine(details.errorMessage()));
        return switch (answer.statusCode()) {
            case 301, 307, 400 -> said + "; does the bucket lie in another region? name it with ?region=NAME";
            case 401, 403 -> said + "; the credentials need ListBucket of bucket " + place.bucket()
                    + " and GetObject, PutObject, DeleteObject below " + place.at("");
            default -> said;
        };
    }

    private static String root(Throwable cause) {
        String said = oneLine(cause.getMessage());
        return cause instanceof UnknownHostException ? "unknown host " + said : said;
    }

    private static String where(S3Location place) {
        return place.endpoint().map(uri -> " at " + uri).orElse("");
    }

    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }
}
