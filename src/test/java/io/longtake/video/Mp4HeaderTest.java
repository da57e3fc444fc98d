package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class Mp4HeaderTest {

    private static final EncodedBatch BATCH = new FrameEncoder(Codec.H264, 24).encode(Scenes.drive(0, 3, 128, 64));
    private static final byte[] HEADER = Muxer.header(BATCH, 0);

    @Test
    void it_tells_what_a_player_must_be_able_to_do() {
        Mp4Header header = Mp4Header.read(HEADER);

        assertThat(header.width()).isEqualTo(128);
        assertThat(header.height()).isEqualTo(64);
        assertThat(header.codecs()).isEqualTo("avc1." + profileOf(BATCH));
    }

    @Test
    void what_is_no_header_is_refused() {
        assertThatThrownBy(() -> Mp4Header.read(new byte[100])).isInstanceOf(VideoException.class);
        for (int length = 0; length < HEADER.length / 2; length += 7) {
            byte[] cut = Arrays.copyOf(HEADER, length);
            assertThatThrownBy(() -> Mp4Header.read(cut)).isInstanceOf(VideoException.class);
        }
    }

    @Test
    void a_still_is_the_first_frame_and_a_sheet_holds_several() throws IOException {
        BufferedImage still = Still.of(HEADER, Muxer.fragment(0, 0, BATCH));
        BufferedImage sheet = Still.sheet(List.of(still, still, still), 2, 64);

        assertThat(still.getWidth()).isEqualTo(128);
        assertThat(still.getRGB(10, 5) & 0xFF).as("the sky is blue").isGreaterThan(200);
        assertThat(sheet.getWidth()).isEqualTo(128);
        assertThat(sheet.getHeight()).isEqualTo(64);
        assertThat(sheet.getRGB(5, 35) & 0xFF).as("second row").isGreaterThan(200);
        assertThat(sheet.getRGB(70, 35) & 0xFFFFFF).as("nothing is there").isZero();
        assertThat(ImageIO.read(new ByteArrayInputStream(Still.jpeg(still))).getHeight())
                .isEqualTo(64);
    }

    /** The three bytes behind the type of the sequence parameter set. */
    private static String profileOf(EncodedBatch batch) {
        byte[] sets = ParameterSets.of(batch.packetViews().get(0));
        return String.format(Locale.ROOT, "%02X%02X%02X", sets[5], sets[6], sets[7]);
    }
}
