package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FaultTest {

    private static final S3Location PLACE = S3Location.parse("s3://videos/a?endpoint=http://store:9000");

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 504, 507, 599})
    void an_answer_of_a_store_that_is_starting_or_busy_may_pass(int status) {
        assertThat(fault(answer(status, "SlowDown")))
                .isInstanceOf(PassingFaultException.class)
                .hasMessage("cannot write s3://videos/a/probe: the store says " + status + " SlowDown: so it is");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 403, 404, 405, 411, 501})
    void an_answer_that_a_person_must_do_something_about_does_not_pass(int status) {
        assertThat(fault(answer(status, "SoItIs")))
                .isNotInstanceOf(PassingFaultException.class)
                .hasMessageContaining("the store says " + status + " SoItIs");
    }

    @Test
    void a_bucket_that_is_not_there_does_not_pass() {
        assertThat(fault(NoSuchBucketException.builder().statusCode(404).build()))
                .isNotInstanceOf(PassingFaultException.class);
    }

    @Test
    void a_request_that_came_too_slowly_may_pass_though_its_status_is_that_of_a_wrong_region() {
        assertThat(fault(answer(400, "RequestTimeout"))).isInstanceOf(PassingFaultException.class);
    }

    static Stream<SdkException> no_answer_may_pass() {
        return Stream.of(
                        new ConnectException("Connection refused"),
                        new SocketException("Connection reset"),
                        new SocketException("Unexpected end of file from server"),
                        new SocketTimeoutException("Read timed out"),
                        new UnknownHostException("store"))
                .map(cause -> SdkClientException.create("Unable to execute HTTP request", cause));
    }

    @ParameterizedTest
    @MethodSource
    void no_answer_may_pass(SdkException e) {
        assertThat(fault(e))
                .isInstanceOf(PassingFaultException.class)
                .hasMessageStartingWith("cannot write s3://videos/a/probe: no answer at http://store:9000 (");
    }

    @Test
    void an_answer_that_takes_too_long_may_pass() {
        assertThat(fault(ApiCallTimeoutException.create(60_000))).isInstanceOf(PassingFaultException.class);
    }

    @Test
    void a_host_that_is_not_known_is_named() {
        assertThat(fault(SdkClientException.create("Unable to execute", new UnknownHostException("store"))))
                .hasMessageContaining("(unknown host store)");
    }

    static Stream<SdkException> what_is_no_answer_of_a_store_does_not_pass() {
        IOException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("unable to find valid certification path"));
        return Stream.of(
                SdkClientException.create("Unable to execute HTTP request", untrusted),
                SdkClientException.create("Unable to execute HTTP request", new HttpRetryException("password?", 401)),
                SdkClientException.create("Unable to load credentials"),
                SdkClientException.create("Could not parse XML response.", new IllegalStateException("<html>")),
                AbortedException.create("Thread was interrupted", new InterruptedException()));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_answer_of_a_store_does_not_pass(SdkException e) {
        assertThat(fault(e)).isNotInstanceOf(PassingFaultException.class);
    }

    private static UncheckedIOException fault(SdkException e) {
        return S3Fault.of(PLACE, "write " + PLACE.at("probe"), e);
    }

    private static SdkException answer(int status, String code) {
        return S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("so it is")
                        .build())
                .build();
    }
}
