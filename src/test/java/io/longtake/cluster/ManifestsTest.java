package io.longtake.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.longtake.event.Replication;
import io.longtake.event.TaskPartitions;
import io.longtake.event.Topic;
import io.longtake.model.ModelRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code k8s/}: what the API says of it, and that it names nothing but what the code has. */
@EnableKubernetesMockClient(crud = true)
class ManifestsTest {

    private static final Set<String> STAGES = ModelRepository.standard().stages();
    private static final Pattern PROPERTY = Pattern.compile("-D(longtake[.\\w-]*)=");

    private KubernetesClient client;

    static Stream<String> overlays() {
        return Manifests.overlays();
    }

    private static Optional<String> fault(JsonNode document) {
        return CustomResources.faults(document)
                .map(faults -> faults.isEmpty() ? Optional.<String>empty() : Optional.of(String.join("; ", faults)))
                .orElseGet(() -> OwnKinds.fault(document));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_object_is_as_the_API_has_it(String overlay) {
        assertThat(Manifests.of(overlay).documents()).hasSizeGreaterThan(30).allSatisfy(document -> assertThat(
                        fault(document))
                .as(document.path("kind").asText() + " " + Manifests.name(document))
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "Deployment,          /spec/template/spec/containers/0, imag,           imag",
        "NetworkPolicy,       /spec,                            podSelektor,    podSelektor",
        "PodDisruptionBudget, /spec,                            maxUnavailabel, maxUnavailabel",
        "ScaledObject,        /spec,                            pollInterval,   no such field",
        "KafkaTopic,          /spec,                            partition,      no such field",
        "KafkaUser,           /spec/authorization,              acl,            no such field",
        "ServiceMonitor,      /spec,                            endpoint,       no such field"
    })
    void a_field_that_the_API_has_not_is_found(String kind, String place, String field, String told) {
        ObjectNode document = Manifests.of("cpu").ofKind(kind).get(0).deepCopy();

        ((ObjectNode) document.at(place)).put(field, "1");

        assertThat(fault(document))
                .hasValueSatisfying(fault -> assertThat(fault).contains(told));
    }

    @Test
    void a_number_of_the_wrong_kind_is_found() {
        ObjectNode topic = Manifests.of("cpu").ofKind("KafkaTopic").get(0).deepCopy();

        ((ObjectNode) topic.path("spec")).put("partitions", "six");

        assertThat(fault(topic)).hasValueSatisfying(fault -> assertThat(fault).contains(".spec.partitions"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_server_takes_every_object(String overlay) throws IOException {
        List<HasMetadata> objects;
        try (InputStream rendered = Files.newInputStream(Path.of("k8s/rendered", overlay + ".yaml"))) {
            objects = client.load(rendered).items();
        }

        objects.forEach(this::apply);

        assertThat(objects).hasSameSizeAs(Manifests.of(overlay).documents());
        assertThat(client.apps().deployments().inNamespace("longtake").list().getItems())
                .hasSameSizeAs(Manifests.of(overlay).ofKind("Deployment"));
    }

    private void apply(HasMetadata object) {
        if (object instanceof GenericKubernetesResource custom) {
            String[] version = custom.getApiVersion().split("/");
            ResourceDefinitionContext kind = new ResourceDefinitionContext.Builder()
                    .withGroup(version[0])
                    .withVersion(version[1])
                    .withKind(custom.getKind())
                    .withPlural(custom.getKind().toLowerCase(Locale.ROOT) + "s")
                    .withNamespaced(true)
                    .build();
            client.genericKubernetesResources(kind).resource(custom).create();
        } else {
            client.resource(object).create();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void its_topics_are_those_that_the_code_makes(String overlay) {
        Map<String, JsonNode> declared = Manifests.of(overlay).ofKind("KafkaTopic").stream()
                .collect(Collectors.toMap(Manifests::name, topic -> topic.path("spec")));

        assertThat(declared.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Topic.all(STAGES).stream().map(Topic::topicName).toList());
        assertThat(Topic.all(STAGES)).allSatisfy(topic -> {
            JsonNode spec = declared.get(topic.topicName());
            Map<String, String> config = new TreeMap<>();
            spec.path("config")
                    .properties()
                    .forEach(
                            entry -> config.put(entry.getKey(), entry.getValue().asText()));
            assertThat(config)
                    .as(topic.topicName())
                    .isEqualTo(topic.create(1, Replication.OF_KAFKA).configs());
            if (Topic.stageOf(topic.topicName()).isPresent()) {
                assertThat(spec.path("partitions").asInt()).isEqualTo(TaskPartitions.ONE.number());
            }
        });
        assertThat(Topic.ofEveryPlatform().stream()
                        .map(topic -> declared.get(topic.topicName()).path("partitions"))
                        .collect(Collectors.toSet()))
                .as("a video's topics have one number of partitions")
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void it_sets_nothing_that_the_code_does_not_read(String overlay) throws IOException {
        String code = code();
        Set<String> variables = new TreeSet<>();
        Set<String> properties = new TreeSet<>();
        Manifests manifests = Manifests.of(overlay);
        manifests.containers().forEach(container -> container.path("env").forEach(variable -> {
            variables.add(variable.path("name").asText());
            PROPERTY.matcher(variable.path("value").asText())
                    .results()
                    .forEach(found -> properties.add(found.group(1)));
        }));
        manifests.ofKind("ConfigMap").stream()
                .filter(map -> Manifests.name(map).equals("longtake-settings"))
                .forEach(map -> map.path("data").fieldNames().forEachRemaining(variables::add));

        assertThat(variables).isNotEmpty().allSatisfy(variable -> assertThat(code)
                .containsAnyOf(variable, '"' + variable.toLowerCase(Locale.ROOT).replace('_', '.') + '"'));
        assertThat(properties).allSatisfy(property -> assertThat(code).contains('"' + property + '"'));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void its_paths_are_those_that_the_code_names(String overlay) throws IOException {
        Set<String> paths = new TreeSet<>();
        Manifests.of(overlay).documents().forEach(document -> document.findValues("httpGet")
                .forEach(probe -> paths.add(probe.path("path").asText())));
        Manifests.of(overlay).ofKind("ServiceMonitor").forEach(monitor -> monitor.findValuesAsText("path")
                .forEach(paths::add));

        assertThat(paths).contains("/q/health/live", "/q/health/ready");
        String code = code();
        assertThat(paths).allSatisfy(path -> assertThat(code).contains(path));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_pod_is_restricted_and_writes_to_volumes_only(String overlay) {
        assertThat(Manifests.of(overlay).pods()).hasSizeGreaterThan(2).allSatisfy(pod -> {
            JsonNode spec = pod.path("spec");
            JsonNode container = spec.at("/containers/0/securityContext");
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(container.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
        });
    }

    /** What it has begun, some seconds to give the rest back (Worker.close), and the end of a JVM. */
    @ParameterizedTest
    @MethodSource("overlays")
    void a_worker_has_time_for_what_it_has_begun(String overlay) {
        for (JsonNode pod : Manifests.of(overlay).pods()) {
            int drain = StreamSupport.stream(pod.at("/spec/containers/0/args").spliterator(), false)
                    .map(JsonNode::asText)
                    .filter(arg -> arg.startsWith("--drain="))
                    .mapToInt(arg -> Integer.parseInt(arg.substring("--drain=".length())))
                    .findAny()
                    .orElse(0);

            assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(drain + 30);
        }
    }

    @Test
    void each_stage_is_scaled_by_itself() {
        Manifests cpu = Manifests.of("cpu");
        List<String> targets = new ArrayList<>();
        cpu.ofKind("ScaledObject")
                .forEach(scaled ->
                        targets.add(scaled.at("/spec/scaleTargetRef/name").asText()));

        assertThat(targets)
                .containsExactlyInAnyOrderElementsOf(
                        STAGES.stream().map(stage -> "longtake-worker-" + stage).toList());
        assertThat(cpu.ofKind("Deployment").stream().map(Manifests::name)).containsAll(targets);
        assertThat(Manifests.of("jobs").ofKind("ScaledJob")).hasSameSizeAs(STAGES);
    }

    /** All of the application's text and the launcher. */
    private static String code() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("longtake")));
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|properties)"))
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
