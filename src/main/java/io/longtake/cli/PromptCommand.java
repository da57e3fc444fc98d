package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.platform.PlatformModels;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "prompt",
        description = "Sends a prompt event to a running platform and prints the video's id.",
        mixinStandardHelpOptions = true)
final class PromptCommand implements Callable<Integer> {

    @Mixin
    private PromptOptions prompt;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        KafkaConnection kafka = connection.requireKafka();
        Catalogue models = PlatformModels.read(kafka, ModelRepository.standard(), false);
        PromptEvent event = prompt.event(models);
        prompt.tellUnknownWords(models);
        try (LongtakeClient client = LongtakeClient.create(kafka)) {
            client.send(new Prompt(event));
        }
        json.print(Map.of("video_id", event.getVideoId()), out -> out.println(event.getVideoId()));
        return 0;
    }
}
