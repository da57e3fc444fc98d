package io.longtake.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Kinds that are not Kubernetes' own, by the schemas of their definitions, which lie in {@code src/test/resources/kubernetes}. Stricter than
 * an API server, which drops a field that it does not know.
 */
final class CustomResources {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CustomResources() {}

    /** What is wrong with a document; empty: nothing. Absent: its kind has no definition here. */
    static Optional<List<String>> faults(JsonNode document) {
        return definition(document.path("kind").asText()).map(definition -> {
            List<String> faults = new ArrayList<>();
            String version = definition.path("group").asText() + "/"
                    + definition.path("version").asText();
            if (!document.path("apiVersion").asText().equals(version)) {
                faults.add("apiVersion: expected " + version + ", found " + document.path("apiVersion"));
            }
            check(definition.path("schema"), document, "", faults);
            return faults;
        });
    }

    private static Optional<JsonNode> definition(String kind) {
        try (InputStream in = CustomResources.class.getResourceAsStream("/kubernetes/" + kind + ".json")) {
            return in == null ? Optional.empty() : Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(JsonNode schema, JsonNode value, String path, List<String> faults) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            require(value.isIntegralNumber() || value.isTextual(), path, "a number or a text", value, faults);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> checkObject(schema, value, path, faults);
            case "array" -> {
                require(value.isArray(), path, "a list", value, faults);
                for (int i = 0; i < value.size(); i++) {
                    check(schema.path("items"), value.get(i), path + "[" + i + "]", faults);
                }
            }
            case "string" -> {
                require(value.isTextual(), path, "a text", value, faults);
                if (schema.has("pattern")) {
                    boolean fits = Pattern.compile(schema.path("pattern").asText())
                            .matcher(value.asText())
                            .find();
                    require(fits, path, schema.path("pattern").asText(), value, faults);
                }
            }
            case "integer" -> {
                require(value.isIntegralNumber(), path, "a whole number", value, faults);
                checkLimits(schema, value, path, faults);
            }
            case "number" -> require(value.isNumber(), path, "a number", value, faults);
            case "boolean" -> require(value.isBoolean(), path, "true or false", value, faults);
            default -> {
                // of any type
            }
        }
        if (schema.has("enum")) {
            boolean one = StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .anyMatch(value::equals);
            require(one, path, schema.path("enum").toString(), value, faults);
        }
    }

    private static void checkLimits(JsonNode schema, JsonNode value, String path, List<String> faults) {
        if (schema.has("minimum")) {
            require(
                    value.asLong() >= schema.path("minimum").asLong(),
                    path,
                    "from " + schema.path("minimum"),
                    value,
                    faults);
        }
        if (schema.has("maximum")) {
            require(
                    value.asLong() <= schema.path("maximum").asLong(),
                    path,
                    "to " + schema.path("maximum"),
                    value,
                    faults);
        }
    }

    private static void checkObject(JsonNode schema, JsonNode value, String path, List<String> faults) {
        require(value.isObject(), path, "an object", value, faults);
        boolean isWhole = path.isEmpty() || path.equals(".metadata");
        schema.path("required")
                .forEach(field -> require(value.has(field.asText()), path, field.asText(), value, faults));
        value.properties().forEach(field -> {
            String place = path + "." + field.getKey();
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                check(known, field.getValue(), place, faults);
            } else if (schema.path("additionalProperties").isObject()) {
                check(schema.path("additionalProperties"), field.getValue(), place, faults);
            } else if (!schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                    && !schema.path("additionalProperties").asBoolean()
                    && !isWhole) {
                faults.add(place + ": no such field");
            }
        });
    }

    private static void require(boolean holds, String path, String expected, JsonNode found, List<String> faults) {
        if (!holds) {
            faults.add(path + ": expected " + expected + ", found " + found);
        }
    }
}
