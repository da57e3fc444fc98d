package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.client.Video;
import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Reason;
import io.longtake.model.ModelRepository;
import io.longtake.platform.InstalledModels;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformModels;
import io.longtake.platform.PlatformSettings;
import io.longtake.platform.PlatformSettings.Part;
import io.longtake.video.Codec;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "generate",
        description =
                "Makes a video: sends the prompt, waits, writes the file. Starts an embedded Kafka and all roles, unless"
                        + " a platform runs on the data directory or you name a Kafka; then it starts only what is"
                        + " missing.",
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    @Mixin
    private PromptOptions prompt;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private EngineOption engine;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws Exception {
        Optional<KafkaConnection> kafka = connection.named();
        ModelRepository installed = ModelRepository.standard();
        Catalogue models = kafka.<Catalogue>map(named -> PlatformModels.read(named, installed, true))
                .orElseGet(() -> new InstalledModels(installed));
        PromptEvent event = prompt.event(models);
        output.file(Codec.parse(event.getCodec()));
        String runs = engine.name();
        prompt.tellUnknownWords(models);
        long start = System.nanoTime();
        try (Progress progress = Progress.on(System.err)) {
            progress.phase(kafka.map(k -> "using Kafka at " + k.bootstrapServers())
                    .or(() -> connection
                            .running()
                            .map(k -> "using the platform that runs on "
                                    + connection.data().path()))
                    .orElseGet(() -> "starting Kafka and all roles in "
                            + connection.data().path() + "; logs in "
                            + connection.data().logs()));
            try (Interruption interruption = new Interruption();
                    OutputFile file = output.open();
                    Platform platform = platform(kafka, runs, event.getModel());
                    LongtakeClient client = LongtakeClient.create(platform.kafka())) {
                interruption.cancels(client.video(event.getVideoId()));
                OutputFile.Finished finished = watch(client.send(new Prompt(event)), file, progress, () -> {
                    interruption.requireDelivered();
                    platform.requireNoFailure();
                });
                progress.close();
                output.tell(event.getVideoId(), finished, json);
                System.err.printf(
                        Locale.ROOT, "done in %.1f s, %s%n", (System.nanoTime() - start) / 1e9, PeakMemory.describe());
            }
        }
        return 0;
    }

    /** Whoever cannot write the video does not want it any more. */
    private static OutputFile.Finished watch(Video video, OutputFile file, Progress progress, Runnable check)
            throws IOException {
        try {
            return Watch.video(video, file, progress, check);
        } catch (IOException e) {
            video.cancel(Reason.of(e));
            throw e;
        }
    }

    private Platform platform(Optional<KafkaConnection> kafka, String runs, String model) {
        PlatformSettings settings = PlatformSettings.of(ModelRepository.standard(), runs)
                .firstModel(model)
                .part(Part.SUBSTITUTE);
        return kafka.map(k -> Platform.joined(k, connection.data(), settings))
                .orElseGet(() -> Platform.embedded(connection.data(), 0, settings));
    }
}
