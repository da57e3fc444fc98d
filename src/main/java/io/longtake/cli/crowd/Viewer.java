package io.longtake.cli.crowd;

import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** What all viewers do: count what they see, and keep nothing of it. */
abstract class Viewer {

    private final Seen.Kind kind;
    private final Frames progress;
    private final CompletableFuture<Seen> done = new CompletableFuture<>();
    private final CRC32C file = new CRC32C();
    private long frames;
    private long missed;

    Viewer(Seen.Kind kind, Frames progress) {
        this.kind = kind;
        this.progress = progress;
    }

    final CompletableFuture<Seen> done() {
        return done;
    }

    final void bytes(byte[] run) {
        file.update(run);
    }

    final void frames(long more) {
        frames += more;
        progress.seen(this, frames);
    }

    final void missed(long more) {
        missed += more;
    }

    final void end() {
        done.complete(new Seen(kind, frames, missed, file.getValue(), ""));
    }

    final void fail(String fault) {
        done.complete(new Seen(kind, frames, missed, file.getValue(), fault));
    }
}
