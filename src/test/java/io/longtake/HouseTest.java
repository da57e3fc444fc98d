package io.longtake;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.longtake.event.Outgoing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.specific.SpecificRecordBuilderBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house, and who may use whom. A room is a package; it only uses rooms on floors below its own. */
class HouseTest {

    private static final List<List<String>> FLOORS_FROM_THE_TOP = List.of(
            List.of("cli"),
            List.of("bench"),
            List.of("api"),
            List.of("platform"),
            List.of("worker", "client", "stitch", "library"),
            List.of("stage", "director", "payload"),
            List.of("diffusion", "model", "video", "broker", "event", "meter"),
            List.of("tensor"));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.longtake");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.longtake");

    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_uses_only_rooms_on_floors_below(String room) {
        String[] others = rooms().filter(other -> floor(other) <= floor(room) && !other.equals(room))
                .map(HouseTest::inside)
                .toArray(String[]::new);

        check(noClasses()
                .that()
                .resideInAPackage(inside(room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("floors from the top are " + FLOORS_FROM_THE_TOP));
    }

    @Test
    void every_class_lives_in_a_room() {
        check(classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(rooms().map(HouseTest::inside).toArray(String[]::new)));
    }

    @Test
    void rooms_do_not_use_each_other_in_circles() {
        check(SlicesRuleDefinition.slices()
                .matching("io.longtake.(**)")
                .should()
                .beFreeOfCycles());
    }

    @Test
    void tensors_need_nothing_but_java() {
        check(classes()
                .that()
                .resideInAPackage(inside("tensor"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", inside("tensor")));
    }

    @Test
    void diffusion_is_plain_java_over_tensors() {
        check(classes()
                .that()
                .resideInAPackage(inside("diffusion"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", inside("tensor"), inside("diffusion")));
    }

    @Test
    void models_and_stages_and_video_know_nothing_of_kafka() {
        check(noClasses()
                .that()
                .resideInAnyPackage(inside("stage"), inside("diffusion"), inside("model"), inside("video"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka.."));
    }

    @Test
    void only_one_store_of_videos_knows_amazons_library() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("library"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.."));
    }

    /** They are a jar of their own, {@code longtake-client}: decision 14. */
    @Test
    void what_a_client_imports_needs_nothing_but_kafkas_clients_and_avro() {
        List<String> jar = List.of("client", "payload", "video", "event", "tensor");
        Stream<String> libraries = Stream.of(
                "java..",
                "javax.imageio..",
                "org.apache.kafka.clients..",
                "org.apache.kafka.common..",
                "org.apache.avro..");
        check(classes()
                .that()
                .resideInAnyPackage(jar.stream().map(HouseTest::inside).toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(Stream.concat(libraries, jar.stream().map(HouseTest::inside))
                                        .toArray(String[]::new))
                                .or(resideInAPackage("org.bytedeco.."))));
        check(noClasses()
                .that()
                .resideInAnyPackage(jar.stream()
                        .filter(room -> !room.equals("video"))
                        .map(HouseTest::inside)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .because("FFmpeg is an option"));
    }

    /** DJL finds it by its name; it could be a library of its own. */
    @Test
    void the_engine_for_gpus_stands_apart() {
        check(noClasses()
                .that()
                .resideInAPackage(inside("model.tensorrt"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.longtake..").and(resideOutsideOfPackage(inside("model.tensorrt")))));
        check(noClasses()
                .that()
                .resideOutsideOfPackage(inside("model.tensorrt"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(inside("model.tensorrt")));
    }

    @Test
    void only_the_bindings_know_how_nvidias_libraries_are_bound() {
        check(noClasses()
                .that()
                .resideInAPackage(inside("model.tensorrt"))
                .and()
                .haveNameNotMatching(".*\\.JavaCpp\\w+(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco.."));
    }

    @Test
    void every_record_leaves_as_an_outgoing_one() {
        check(noClasses()
                .that()
                .areNotAssignableTo(Outgoing.class)
                .should()
                .callConstructorWhere(target(owner(assignableTo(ProducerRecord.class))))
                .because("it knows what is in a record besides its value"));
    }

    @Test
    void only_platform_and_commands_start_a_broker() {
        check(classes()
                .that()
                .resideInAPackage(inside("broker"))
                .should()
                .onlyBeAccessed()
                .byAnyPackage(inside("broker"), inside("platform"), inside("cli")));
    }

    /** What a class needs comes in through its constructor; nobody hands anything over behind its back. */
    @Test
    void nobody_finds_anything_in_a_static_field_that_changes() {
        check(fields().that().areStatic().should().beFinal());
        check(noClasses()
                .should()
                .dependOnClassesThat(nameMatching("io\\.micrometer\\.core\\.instrument\\.Metrics"
                        + "|io\\.quarkus\\.arc\\.Arc|jakarta\\.enterprise\\.inject\\.spi\\.CDI"))
                .because("these are fields of all classes"));

        assertThat(HOUSE.stream().filter(HouseTest::keepsStateForAll).map(JavaClass::getSimpleName))
                .as("of a process there is one device, one native library and one holder of a file's lock")
                .containsExactlyInAnyOrder(
                        "Device", "KeyLock", "JavaCppDestructor", "JavaCppLog", "TensorRtEngineProvider");
    }

    /** In a static field that is final, of a class whose objects change. */
    private static boolean keepsStateForAll(JavaClass one) {
        boolean ours = one.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .map(field -> field.getRawType().getBaseComponentType())
                .filter(type -> type.getPackageName().startsWith("io.longtake"))
                .anyMatch(type -> !type.isRecord() && !type.isEnum() && !type.isInterface());
        boolean javas = one.getStaticInitializer().stream()
                .flatMap(start -> start.getConstructorCallsFromSelf().stream())
                .anyMatch(made -> made.getTargetOwner().getPackageName().startsWith("java.util.concurrent"));
        return ours || javas;
    }

    @Test
    void classes_are_named_for_what_they_are() {
        check(noClasses()
                .that()
                .areNotAssignableTo(SpecificRecordBase.class)
                .should()
                .haveNameMatching(".*(Helper|Manager|Utils?|Impl)")
                .because("such a name says nothing"));
    }

    /** Whoever reads a name in one room need not ask which of several it is. Avro gives each record a Builder of its own. */
    @Test
    void no_two_classes_have_one_simple_name() {
        Map<String, Set<String>> classes = HOUSE.stream()
                .filter(HouseTest::isNamed)
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toSet())));
        classes.values().removeIf(alone -> alone.size() == 1);

        assertThat(classes).isEmpty();
    }

    /** By more than the class that it is nested in. */
    private static boolean isNamed(JavaClass one) {
        return !one.isAnonymousClass()
                && !one.isLocalClass()
                && !one.getSimpleName().equals("package-info")
                && !one.getModifiers().contains(JavaModifier.PRIVATE)
                && !one.isAssignableTo(SpecificRecordBuilderBase.class);
    }

    @Test
    void every_test_asserts_something() {
        methods()
                .that()
                .areAnnotatedWith(Test.class)
                .or()
                .areAnnotatedWith(ParameterizedTest.class)
                .should(new Asserts())
                .check(TESTS);
    }

    @Test
    void a_test_that_only_runs_something_is_found() {
        assertThatThrownBy(() -> methods()
                        .that()
                        .areDeclaredIn(Silent.class)
                        .should(new Asserts())
                        .check(TESTS))
                .hasMessageContaining("Silent.runs() asserts nothing")
                .hasMessageNotContaining("looks()");
    }

    /** Samples for the rule above. */
    static final class Silent {
        void runs() {
            helps(true);
        }

        void looks() {
            fails(helps(false));
        }

        private static boolean helps(boolean may) {
            return may || HOUSE.isEmpty();
        }

        private static void fails(boolean why) {
            if (why) {
                throw new AssertionError();
            }
        }
    }

    static Stream<String> rooms() {
        return FLOORS_FROM_THE_TOP.stream().flatMap(List::stream);
    }

    private static int floor(String room) {
        return IntStream.range(0, FLOORS_FROM_THE_TOP.size())
                .filter(floor -> FLOORS_FROM_THE_TOP.get(floor).contains(room))
                .findFirst()
                .orElseThrow();
    }

    private static String inside(String room) {
        return "io.longtake." + room + "..";
    }

    private static void check(ArchRule rule) {
        rule.check(HOUSE);
    }
}
