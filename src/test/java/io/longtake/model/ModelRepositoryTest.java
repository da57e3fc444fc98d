package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRepositoryTest {

    @TempDir
    Path root;

    private ModelRepository repository() {
        return new ModelRepository(List.of(root.resolve("nowhere"), root));
    }

    @Test
    void finds_the_newest_version() throws IOException {
        ToyModel.copy(root, m -> {});
        copyVersion("9");
        copyVersion("10");
        assertThat(repository().find("toy").manifest().version()).isEqualTo("10");
        assertThat(repository().find("toy", "9").manifest().version()).isEqualTo("9");
    }

    @Test
    void knows_a_model_by_the_digest_of_its_manifest() throws IOException {
        StoredModel model = ToyModel.copy(root, m -> {});
        String before = model.digest();
        assertThat(before).hasSize(64).isEqualTo(repository().find("toy").digest());
        Files.writeString(
                model.file("model.json"),
                Files.readString(model.file("model.json")).replace("sums", "Sums"));
        assertThat(repository().find("toy").digest()).isNotEqualTo(before);
    }

    @Test
    void takes_the_first_root_that_has_the_name() {
        ToyModel.copy(root, m -> m.put("description", "mine"));
        ModelRepository both = new ModelRepository(List.of(root, ToyModel.ROOT));
        assertThat(both.find("toy").manifest().description()).isEqualTo("mine");
        assertThat(both.names()).contains("toy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", "..", "../models/toy", "toy/1", "toy\0"})
    void says_what_there_is_where_a_name_is_unknown(String name) {
        ToyModel.copy(root, m -> {});
        assertThatThrownBy(() -> repository().find(name))
                .isInstanceOf(UnknownModelException.class)
                .hasMessageStartingWith("no model is named '" + name + "' in ")
                .hasMessageEndingWith("there is [toy]");
    }

    @Test
    void says_that_a_version_is_unknown() {
        ToyModel.copy(root, m -> {});
        assertThatThrownBy(() -> repository().find("toy", "2"))
                .hasMessageStartingWith("model 'toy' has no version '2'");
    }

    @Test
    void refuses_a_manifest_in_a_folder_of_another_name() throws IOException {
        ToyModel.copy(root, m -> {});
        Files.move(root.resolve("toy"), root.resolve("truck"));
        assertThatThrownBy(() -> repository().find("truck"))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("holds model toy version 1");
    }

    @Test
    void notices_a_damaged_file() throws IOException {
        StoredModel model = ToyModel.copy(root, m -> {});
        Files.write(model.file("decode.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(model::verify)
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("decode.onnx is not the file its manifest names: expected SHA-256 ")
                .hasMessageEndingWith("found 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    @Test
    void notices_a_missing_file() throws IOException {
        StoredModel model = ToyModel.copy(root, m -> {});
        Files.delete(model.file("tokenizer.json"));
        assertThatThrownBy(model::verify).hasMessageContaining("tokenizer.json is missing");
    }

    @Test
    void takes_what_is_not_beside_the_manifest_from_the_base() {
        ToyModel.copy(root, m -> {});
        StoredModel paced = ToyModel.copy("toy-paced", root, m -> {});
        paced.verify();
        assertThat(paced.file("interpolate.onnx")).isEqualTo(root.resolve("toy-paced/1/interpolate.onnx"));
        assertThat(paced.file("decode.onnx")).isEqualTo(root.resolve("toy/1/decode.onnx"));
        assertThat(paced.digest()).isNotEqualTo(ToyModel.stored().digest());
    }

    @Test
    void notices_that_the_base_is_missing() {
        StoredModel paced = ToyModel.copy("toy-paced", root, m -> {});
        assertThatThrownBy(paced::verify)
                .isInstanceOf(ModelFileException.class)
                .hasMessage(String.format(
                        Locale.ROOT,
                        "%s builds on model toy version 1, which is missing: expected a folder %s",
                        root.resolve("toy-paced/1"),
                        root.resolve("toy/1")));
    }

    @Test
    void holds_files_of_the_base_against_its_own_manifest() throws IOException {
        StoredModel toy = ToyModel.copy(root, m -> {});
        StoredModel paced = ToyModel.copy("toy-paced", root, m -> {});
        Files.write(toy.file("decode.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(paced::verify).hasMessageContaining("decode.onnx is not the file its manifest names");
        Files.delete(toy.file("decode.onnx"));
        assertThatThrownBy(paced::verify)
                .hasMessageStartingWith(String.format(
                        Locale.ROOT,
                        "%s is missing, and so is %s;",
                        toy.file("decode.onnx"),
                        root.resolve("toy-paced/1/decode.onnx")));
    }

    @Test
    void looks_for_weights_beside_their_graph_and_nowhere_else() throws IOException {
        Consumer<ObjectNode> weights = m -> ((ObjectNode) m.at("/stages/decode/graph"))
                .putArray("weights")
                .addObject()
                .put("file", "decode.weights")
                .put("sha256", Sha256.of(new byte[] {1, 2, 3}));
        StoredModel toy = ToyModel.copy(root, weights);
        StoredModel paced = ToyModel.copy("toy-paced", root, weights);
        Files.write(paced.folder().resolve("decode.weights"), new byte[] {1, 2, 3});
        assertThatThrownBy(paced::verify)
                .hasMessageStartingWith(toy.folder().resolve("decode.weights") + " is missing");
        Files.write(toy.folder().resolve("decode.weights"), new byte[] {1, 2, 3});
        paced.verify();
        Files.write(toy.folder().resolve("decode.weights"), new byte[] {1, 2, 4});
        assertThatThrownBy(toy::verify).hasMessageContaining("decode.weights is not the file its manifest names");
    }

    @Test
    void does_not_look_into_the_base_of_the_base() throws IOException {
        ToyModel.copy(root, m -> {});
        StoredModel paced = ToyModel.copy("toy-paced", root, m -> {});
        StoredModel third = ToyModel.copy("toy-paced", root.resolve("other"), m -> m.putObject("base")
                .put("name", "toy-paced")
                .put("version", "1"));
        Files.move(third.folder(), root.resolve("toy-paced/2"));
        Files.writeString(
                root.resolve("toy-paced/2/model.json"),
                Files.readString(root.resolve("toy-paced/2/model.json"))
                        .replace("\"version\":\"1\",\"licence", "\"version\":\"2\",\"licence"));
        assertThatThrownBy(() -> repository().find("toy-paced").verify())
                .hasMessageContaining(paced.folder().resolve("tokenizer.json") + " is missing, and so is");
    }

    @Test
    void refuses_a_manifest_too_large_to_be_one() throws IOException {
        StoredModel model = ToyModel.copy(root, m -> {});
        Files.write(model.file("model.json"), new byte[ManifestReader.LIMIT + 1]);
        assertThatThrownBy(() -> repository().find("toy")).hasMessageContaining("must hold at most 1048576 bytes");
    }

    @Test
    void looks_in_the_usual_places_in_order() {
        Map<String, String> properties = Map.of("longtake.home", "/opt/longtake");
        Map<String, String> environment = Map.of("LONGTAKE_MODELS", "/a:/b", "LONGTAKE_HOME", "/elsewhere");
        assertThat(ModelRepository.standard(properties::get, environment::get).roots())
                .containsExactly(Path.of("/a"), Path.of("/b"), Path.of("models"), Path.of("/opt/longtake/models"));
        assertThat(ModelRepository.standard(name -> null, name -> null).roots()).containsExactly(Path.of("models"));
    }

    private void copyVersion(String version) throws IOException {
        Path folder = Files.createDirectories(root.resolve("toy").resolve(version));
        String manifest = Files.readString(root.resolve("toy/1/model.json"));
        Files.writeString(
                folder.resolve("model.json"), manifest.replace("\"version\":\"1\"", "\"version\":\"" + version + "\""));
    }
}
