package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Outcome;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record says besides its value goes on to all that the director does because of it. */
class DirectorHeadersTest {

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state);
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void of_a_prompt_to_its_first_task_and_of_a_result_to_the_next() {
        director.send(
                Topic.PROMPTS,
                DirectorDriver.VIDEO,
                Wire.encode(DirectorDriver.prompt(10).build()),
                headers("first", "first"));
        assertThat(director.headers(Topic.ofTasks("keyframes"))).isEqualTo(headers("first"));
        assertThat(director.headers(Topic.VIDEOS)).isEqualTo(headers("first"));

        StageTask task = director.take("keyframes", 0);
        StageResult result = StageResult.newBuilder()
                .setVideoId(DirectorDriver.VIDEO)
                .setStage("keyframes")
                .setSegment(0)
                .setOutcome(Outcome.DONE)
                .setOutputs(Map.of(InputSource.OUT, DirectorDriver.payload(task)))
                .build();
        director.send(Topic.RESULTS, DirectorDriver.VIDEO, Wire.encode(result), headers("second"));

        assertThat(director.headers(Topic.ofTasks("interpolate"))).isEqualTo(headers("second"));
        assertThat(director.headers(Topic.VIDEOS)).isEqualTo(headers("second"));
    }

    @Test
    void of_garbage_to_its_letter_as_many_as_go_on() {
        Headers flood = new RecordHeaders();
        IntStream.range(0, 500).forEach(i -> flood.add("h" + i, new byte[] {1}));

        director.send(Topic.PROMPTS, DirectorDriver.VIDEO, new byte[] {1}, flood);

        assertThat(director.headers(Topic.DEAD_LETTERS).toArray()).hasSize(32);
    }

    @Test
    void what_time_brings_has_none() {
        director.send(
                Topic.PROMPTS,
                DirectorDriver.VIDEO,
                Wire.encode(DirectorDriver.prompt(10).build()),
                headers("first"));

        director.passes(Deadlines.PATIENCE.plusMinutes(1));

        assertThat(director.open()).as("asked again").containsExactly("keyframes 0", "keyframes 0");
        assertThat(director.headers(Topic.ofTasks("keyframes"))).isEqualTo(new RecordHeaders());
    }

    private static Headers headers(String... values) {
        Headers headers = new RecordHeaders();
        for (String value : values) {
            headers.add("cause", value.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
