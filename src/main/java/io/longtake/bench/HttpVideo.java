package io.longtake.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.event.Checksum;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/**
 * A video that was ordered over HTTP.
 *
 * @param started {@link System#nanoTime} of the order
 */
record HttpVideo(URI server, HttpClient client, String id, long started) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static HttpVideo order(URI server, PromptEvent event) throws InterruptedException {
        Scene scene = Scenes.first(event);
        ObjectNode body = JSON.createObjectNode()
                .put("prompt", scene.getPrompt())
                .put("negative_prompt", scene.getNegativePrompt())
                .put("seconds", event.getSeconds())
                .put("model", event.getModel())
                .put("seed", scene.getSeed());
        if (scene.getGuidance() != null) {
            body.put("guidance", scene.getGuidance());
        }
        if (scene.getSteps() != null) {
            body.put("steps", scene.getSteps());
        }
        HttpClient client = HttpClient.newHttpClient();
        long started = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/v1/videos"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return new HttpVideo(server, client, json(client, request).get("id").asText(), started);
    }

    /** Seconds from the order to the event that it is finished. */
    double awaitEnd() throws InterruptedException {
        try (Stream<String> lines =
                client.send(request("/events"), BodyHandlers.ofLines()).body()) {
            lines.filter(line -> line.matches("event: ?(finished|failed|cancelled)"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("the events of " + id + " broke off: " + e.getMessage(), e);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        String status = document().get("status").asText();
        if (!status.equals("completed")) {
            throw new IllegalStateException("the video is " + status + ", expected completed: " + document());
        }
        return seconds;
    }

    long frames() throws InterruptedException {
        return document().get("frames").asLong();
    }

    /** CRC-32C of its file. */
    long checksum() throws InterruptedException {
        try {
            return Checksum.of(
                    client.send(request("/content"), BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode document() throws InterruptedException {
        return json(client, request(""));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(server.resolve("/v1/videos/" + id + path)).build();
    }

    private static JsonNode json(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + ": " + e.getMessage(), e);
        }
    }
}
