package io.longtake.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an overlay of {@code k8s/} is rendered to.
 *
 * @param documents one for each object
 */
public record Manifests(List<JsonNode> documents) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Names of all overlays. */
    public static Stream<String> overlays() {
        try (Stream<Path> files = Files.list(Path.of("k8s/overlays"))) {
            return files.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manifests of(String overlay) {
        try (var read = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(Path.of("k8s/rendered", overlay + ".yaml").toFile())) {
            return new Manifests(read.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<JsonNode> ofKind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    public static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    /** The pods that it makes, by templates. */
    public List<JsonNode> pods() {
        List<JsonNode> pods = new ArrayList<>();
        for (JsonNode document : documents) {
            for (String place : List.of("/spec/template", "/spec/jobTargetRef/template")) {
                if (document.at(place).has("spec")) {
                    pods.add(document.at(place));
                }
            }
        }
        return pods;
    }

    /** Their containers; each pod has one. */
    public List<JsonNode> containers() {
        return pods().stream().map(pod -> pod.at("/spec/containers/0")).toList();
    }
}
