package io.longtake.cli;

import io.longtake.client.KnownVideo;
import io.longtake.client.LongtakeClient;
import io.longtake.event.KafkaConnection;
import io.longtake.model.ModelRepository;
import io.longtake.platform.PlatformStatus;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description =
                "Shows who is at work on a platform, and how its videos stand. Exit status 1 if somebody is missing,"
                        + " so that no video can be finished.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        KafkaConnection kafka = connection.requireKafka();
        PlatformStatus status = PlatformStatus.read(kafka, ModelRepository.standard());
        Map<String, Long> videos;
        try (LongtakeClient client = LongtakeClient.create(kafka)) {
            videos = client.knownVideos().stream()
                    .collect(Collectors.groupingBy(StatusCommand::state, LinkedHashMap::new, Collectors.counting()));
        }
        json.print(fields(status, videos), out -> print(status, videos, out));
        return status.missing().isEmpty() ? 0 : 1;
    }

    private static String state(KnownVideo video) {
        return video.state().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(PlatformStatus status, Map<String, Long> videos) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kafka", status.kafka());
        fields.put("director", status.director());
        fields.put("stitcher", status.stitcher());
        fields.put("workers", status.workers());
        fields.put("models", status.models());
        fields.put("videos", videos);
        fields.put("missing", status.missing());
        return fields;
    }

    private static void print(PlatformStatus status, Map<String, Long> videos, PrintWriter out) {
        out.println("Kafka     " + status.kafka());
        out.println("director  " + (status.director() ? "at work" : "missing"));
        out.println("stitcher  " + (status.stitcher() ? "at work" : "missing"));
        status.workers()
                .forEach((stage, names) -> out.printf(
                        Locale.ROOT,
                        "%-12s  %s%n",
                        stage,
                        names.isEmpty() ? "no worker" : OneLine.of(String.join(", ", names))));
        out.println("models    " + OneLine.of(String.join(", ", status.models())));
        out.println("videos    "
                + (videos.isEmpty()
                        ? "none"
                        : videos.entrySet().stream()
                                .map(state -> state.getValue() + " " + state.getKey())
                                .collect(Collectors.joining(", "))));
    }
}
