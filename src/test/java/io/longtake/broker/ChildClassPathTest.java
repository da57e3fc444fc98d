package io.longtake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildClassPathTest {

    @TempDir
    Path base;

    @Test
    void a_packaged_application_is_known_by_its_folders() throws IOException {
        assertThat(ChildClassPath.isFastJar(base)).isFalse();
        Files.createDirectories(base.resolve("lib/main"));
        Files.createDirectories(base.resolve("app"));
        assertThat(ChildClassPath.isFastJar(base)).isTrue();
    }

    @Test
    void its_class_path_takes_every_archive_of_the_application_and_its_libraries() {
        assertThat(ChildClassPath.fastJar(base).split(File.pathSeparator))
                .containsExactly(base + "/app/*", base + "/lib/main/*", base + "/lib/boot/*");
    }

    @Test
    void unpackaged_the_child_gets_the_class_path_of_this_jvm() {
        assertThat(ChildClassPath.ofThisJvm()).isEqualTo(System.getProperty("java.class.path"));
    }
}
