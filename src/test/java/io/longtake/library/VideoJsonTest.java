package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Documents of videos stay in stores for years: what the classes call their fields must not change them. */
class VideoJsonTest {

    private static final String DOCUMENT =
            """
            {"id":"8a1f0c3e-5b7d-4e1a-9c2b-000000000001","wish":{"prompt":"a drive","negativePrompt":"","seed":7,\
            "seconds":2.0,"model":"drive","guidance":null,"steps":4,"codec":"h264"},"createdAt":1,"firstAt":2,\
            "endedAt":3,"status":"FINISHED","frames":48,"totalFrames":48,"frameRate":24,"stages":{"keyframes":48},\
            "message":"","lastEvent":9,"acceptedAt":1,"prompts":1}""";

    @Test
    void a_document_that_is_read_and_written_again_is_the_same() {
        assertThat(VideoJson.read(DOCUMENT.getBytes(StandardCharsets.UTF_8)).map(VideoJson::write))
                .hasValueSatisfying(written ->
                        assertThat(written).asString(StandardCharsets.UTF_8).isEqualTo(DOCUMENT));
    }
}
