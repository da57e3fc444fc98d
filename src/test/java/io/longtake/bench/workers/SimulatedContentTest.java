package io.longtake.bench.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.model.StageOutput;
import io.longtake.tensor.Frames;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.video.FrameEncoder;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SimulatedContentTest {

    @Test
    void a_segment_takes_about_as_many_bytes_as_one_of_a_model() {
        Frames frames = SimulatedContent.frames(new StageOutput.FrameRun(24, 256, 512));

        EncodedBatch batch = new FrameEncoder(Codec.H264, 24).encode(frames);

        // ten seconds of drive take 923,355
        assertThat(batch.packetViews().stream().mapToInt(ByteBuffer::remaining).sum())
                .isBetween(50_000, 200_000);
    }
}
