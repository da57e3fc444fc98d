package io.longtake.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the application. */
final class ApplicationVersion implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"longtake " + number()};
    }

    static String number() throws IOException {
        Properties build = new Properties();
        try (InputStream file = ApplicationVersion.class.getResourceAsStream("/longtake.properties")) {
            build.load(file);
        }
        return build.getProperty("version");
    }
}
