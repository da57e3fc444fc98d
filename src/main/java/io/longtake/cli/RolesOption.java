package io.longtake.cli;

import io.longtake.platform.PlatformSettings.Application;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which roles a server plays on a Kafka that others use, too. */
final class RolesOption {

    /** What is played, as it is written. */
    enum ServerRole {
        SERVER,
        DIRECTOR,
        STITCHER,
        WORKER;

        static Stream<ServerRole> all() {
            return Stream.of(values());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description =
                    "Which roles this process plays, on a Kafka of your own: some of server (videos over HTTP), director,"
                            + " stitcher, worker (of stages that nobody else takes). Default: all.")
    private List<String> roles;

    /** @throws ParameterException if one is unknown, or none is left to choose because Kafka is embedded */
    void check(boolean kafkaIsNamed) {
        set();
        if (roles != null && !kafkaIsNamed) {
            throw new ParameterException(
                    command.commandLine(),
                    "--roles needs --bootstrap-servers: whoever runs the embedded Kafka plays all roles");
        }
    }

    private Set<ServerRole> set() {
        if (roles == null) {
            return EnumSet.allOf(ServerRole.class);
        }
        return roles.stream().map(this::role).collect(Collectors.toSet());
    }

    private ServerRole role(String name) {
        return ServerRole.all()
                .filter(role -> role.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "--roles " + name + " is unknown: expected some of "
                                + ServerRole.all().toList()));
    }

    boolean has(ServerRole role) {
        return set().contains(role);
    }

    Set<Application> applications() {
        EnumSet<Application> applications = EnumSet.noneOf(Application.class);
        if (has(ServerRole.DIRECTOR)) {
            applications.add(Application.DIRECTOR);
        }
        if (has(ServerRole.STITCHER)) {
            applications.add(Application.STITCHER);
        }
        return applications;
    }
}
