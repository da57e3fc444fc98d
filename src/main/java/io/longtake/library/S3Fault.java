package io.longtake.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What went wrong in an object store, where, and what helps, in one line. */
final class S3Fault {

    private S3Fault() {}

    /** @param doing what was tried, with the key: {@code write s3://bucket/key} */
    static UncheckedIOException of(S3Location place, String doing, SdkException e) {
        return new UncheckedIOException("cannot " + doing + ": " + reason(place, e), new IOException(e));
    }

    private static String reason(S3Location place, SdkException e) {
        if (e instanceof NoSuchBucketException) {
            return "there is no bucket " + place.bucket() + where(place) + "; make it, or name another";
        }
        if (e instanceof S3Exception answer) {
            return answered(place, answer);
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return "no answer" + where(place)
                    + " in time; is the store there, and is this machine allowed to reach it?";
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "no answer" + where(place) + " (" + oneLine(root.getMessage())
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

    private static String where(S3Location place) {
        return place.endpoint().map(uri -> " at " + uri).orElse("");
    }

    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }
}
