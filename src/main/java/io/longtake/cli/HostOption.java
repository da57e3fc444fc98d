package io.longtake.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where HTTP listens: for this machine alone, unless somebody says otherwise. */
final class HostOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description =
                    "Address that HTTP listens on; 0.0.0.0: every address of this machine (default: ${DEFAULT-VALUE}, which other machines cannot reach).")
    private String host;

    /** @throws ParameterException if there is no such address */
    String name() {
        try {
            InetAddress.getByName(host);
            return host;
        } catch (UnknownHostException e) {
            throw new ParameterException(command.commandLine(), "--host " + host + " is no address of a machine");
        }
    }

    /** Where this machine reaches it. */
    String url(int port) {
        boolean every = host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (every ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
