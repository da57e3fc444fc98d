package io.longtake.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Connections to object stores, Amazon's and those that speak like it. */
final class S3Clients {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(60);
    /** Another one is just being written at this key: its writer may fail. */
    private static final int CONFLICT = 409;

    private S3Clients() {}

    /** With the credentials of the SDK's default chain: environment, profiles, service accounts. Nothing is sent yet. */
    static S3Client to(S3Location place) {
        return S3Client.builder()
                .region(region(place))
                .credentialsProvider(credentials(place))
                .applyMutation(builder -> place.endpoint().ifPresent(builder::endpointOverride))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(place.pathStyle())
                        // plain requests: what other stores than Amazon's understand best
                        .chunkedEncodingEnabled(false)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .overrideConfiguration(calls -> calls.addExecutionInterceptor(new NoExpectContinue())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .retryOnException(
                                        e -> e instanceof S3Exception answer && answer.statusCode() == CONFLICT)
                                .build()))
                .build();
    }

    private static Region region(S3Location place) {
        if (place.region().isPresent()) {
            return Region.of(place.region().get());
        }
        if (place.endpoint().isPresent()) {
            return Region.US_EAST_1; // part of a signature, and otherwise nothing
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new UncheckedIOException(
                    "cannot use " + place + ": nothing says in which region it is; set AWS_REGION, or add ?region=NAME",
                    new IOException(e));
        }
    }

    /** Resolved at once, because the chain's own complaint comes with the first request and has many lines. */
    private static AwsCredentialsProvider credentials(S3Location place) {
        AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
        try {
            chain.resolveCredentials();
            return chain;
        } catch (SdkClientException e) {
            throw new UncheckedIOException(
                    "cannot use " + place + ": no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                            + " AWS_PROFILE, or run where a service account has them",
                    new IOException(e));
        }
    }
}
