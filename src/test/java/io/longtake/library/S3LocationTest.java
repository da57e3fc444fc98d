package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {

    @Test
    void a_bucket_of_amazons_is_a_name() {
        S3Location place = S3Location.parse("s3://my-videos");

        assertThat(place.bucket()).isEqualTo("my-videos");
        assertThat(place.prefix()).isEmpty();
        assertThat(place.endpoint()).isEmpty();
        assertThat(place.region()).isEmpty();
        assertThat(place.pathStyle()).isFalse();
    }

    @Test
    void another_store_is_named_by_its_endpoint_and_has_buckets_in_its_paths() {
        S3Location place = S3Location.parse("s3://videos/a/b?endpoint=http://minio:9000&region=eu-1");

        assertThat(place.prefix()).isEqualTo("a/b/");
        assertThat(place.endpoint()).hasValue(URI.create("http://minio:9000"));
        assertThat(place.region()).hasValue("eu-1");
        assertThat(place.pathStyle()).isTrue();
        assertThat(place).hasToString("s3://videos/a/b/ at http://minio:9000");
        assertThat(S3Location.parse("s3://videos?endpoint=https%3A%2F%2Fr2.example&path-style=false")
                        .pathStyle())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://videos/a", "s3://videos/a/", "s3://videos/a/?region=auto"})
    void a_prefix_is_a_folder(String text) {
        assertThat(S3Location.parse(text).prefix()).isEqualTo("a/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    s3:videos                                | expected s3://BUCKET/PREFIX
                    s3:///videos                             | expected s3://BUCKET/PREFIX
                    http://videos                            | expected s3://BUCKET/PREFIX
                    s3://videos/ä b                          | expected s3://BUCKET/PREFIX
                    s3://Videos                              | bucket 'Videos': expected 3 to 63 of a-z
                    s3://f                                  | bucket 'f'
                    s3://videos/../other                     | prefix '../other/'
                    s3://videos//a                           | prefix '/a/'
                    s3://videos?endpoint=minio:9000          | endpoint 'minio:9000': expected https://HOST:PORT
                    s3://videos?endpoint=ftp://minio         | endpoint 'ftp://minio'
                    s3://videos?region=Mars                  | region 'Mars': expected a name like eu-central-1
                    s3://videos?path-style=yes               | path-style 'yes': expected true or false
                    s3://videos?colour=blue                  | option 'colour=blue': expected endpoint=, region= or
                    s3://videos?endpoint                     | option 'endpoint'
                    s3://key:secret@videos                   | credentials do not belong in an address
                    """)
    void what_is_wrong_is_named_with_what_is_expected(String text, String expected) {
        assertThatThrownBy(() -> S3Location.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected)
                .hasMessageContaining("s3://BUCKET/PREFIX")
                .hasMessageNotContaining("secret@");
    }
}
