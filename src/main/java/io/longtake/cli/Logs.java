package io.longtake.cli;

import io.longtake.platform.DataDirectory;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.io.FileNotFoundException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;

/** What the platform has to say to its operator goes into the data directory; the terminal is for the video. */
final class Logs {

    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{2.}] (%t) %s%e%n";
    private static final int ROTATE_BYTES = 10 * 1024 * 1024;

    private Logs() {}

    static void to(DataDirectory data) {
        if (!InitialConfigurator.DELAYED_HANDLER.isActivated()) {
            open(data);
        }
    }

    /** Once Quarkus, which has kept the log of a service, has stopped. */
    static void afterService(DataDirectory data) {
        open(data);
    }

    private static void open(DataDirectory data) {
        data.create();
        try {
            SizeRotatingFileHandler file =
                    new SizeRotatingFileHandler(data.log().toFile(), true);
            file.setFormatter(new PatternFormatter(PATTERN));
            file.setRotateSize(ROTATE_BYTES);
            file.setMaxBackupIndex(1);
            file.setLevel(Level.INFO);
            // Kafka's clients print their whole configuration when they start
            Logger.getLogger("org.apache.kafka").setLevel(Level.WARNING);
            Logger.getLogger("org.apache.kafka.clients.consumer.internals").setLevel(Level.SEVERE);
            InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {file});
        } catch (FileNotFoundException e) {
            throw new IllegalStateException("cannot write the log " + data.log() + ": " + e.getMessage(), e);
        }
    }

    /** The same for a service, whose log Quarkus keeps from its start on. */
    static void ofService(DataDirectory data) {
        data.create();
        System.setProperty("quarkus.log.file.enabled", "true");
        System.setProperty("quarkus.log.file.path", data.log().toString());
        System.setProperty("quarkus.log.file.format", PATTERN);
        System.setProperty("quarkus.log.file.rotation.max-file-size", Integer.toString(ROTATE_BYTES));
        System.setProperty("quarkus.log.file.rotation.max-backup-index", "1");
        System.setProperty("quarkus.log.file.rotation.rotate-on-boot", "false");
    }

    /** Keeps the details of a failure whose message went to the terminal. */
    static void keep(Throwable failure) {
        LogRecord record = new LogRecord(Level.SEVERE, "command failed");
        record.setThrown(failure);
        record.setLoggerName("io.longtake.cli");
        Logger.getLogger("io.longtake.cli").log(record);
    }
}
