package io.longtake.library;

import java.nio.file.Path;
import java.util.UUID;

/** Puts a fragment of 16 MiB into a library on a directory again and again, and says so, until it is killed. */
final class WriterMain {

    static final int BYTES = 16 << 20;

    private WriterMain() {}

    /** @param args directory, video id */
    public static void main(String[] args) {
        VideoStore store = new LocalVideoStore(Path.of(args[0]));
        String videoId = UUID.fromString(args[1]).toString();
        byte[] bytes = new byte[BYTES];
        for (int number = 0; ; number++) {
            store.put(videoId, new StoredFragment(number, 24L * number, 24, "mp4", false, BYTES), bytes);
            System.out.println(number);
        }
    }
}
