package io.longtake.event;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something was not done, short enough for a record or a line of a log whatever a task made the message hold. */
public final class Reason {

    private Reason() {}

    public static String of(Throwable fault) {
        if (fault instanceof FileSystemException file) {
            return cut(ofFile(file));
        }
        return cut(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }

    /** The message of the JDK's names the file and nothing else, if its class says what is wrong. */
    private static String ofFile(FileSystemException fault) {
        if (fault instanceof AccessDeniedException) {
            return "no permission for " + fault.getFile();
        } else if (fault instanceof NoSuchFileException) {
            return "there is no " + fault.getFile();
        } else if (fault instanceof FileAlreadyExistsException) {
            return fault.getFile() + " is there already";
        }
        return fault.getReason() == null ? fault.toString() : fault.getReason() + ": " + fault.getFile();
    }

    /** What caused it in the first place, by its kind: Kafka's outer exceptions only say that something failed. */
    public static String ofFirstCause(Throwable fault) {
        Throwable first = firstCause(fault);
        String kind = first.getClass().getSimpleName();
        return first.getMessage() == null ? kind : cut(kind + ": " + first.getMessage());
    }

    /** What caused a fault in the first place; the fault itself if nothing did. */
    public static Throwable firstCause(Throwable fault) {
        Throwable first = fault;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }

    public static String cut(String reason) {
        return Shortened.text(reason, Shortened.REASON);
    }
}
