package io.longtake.bench.viewers;

import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** What all viewers do: count what they see, and keep nothing of it. */
abstract class BenchViewer {

    private final ViewerResult.ViewerKind kind;
    private final ViewerProgress progress;
    private final CompletableFuture<ViewerResult> done = new CompletableFuture<>();
    private final CRC32C file = new CRC32C();
    private long bytes;
    private long frames;
    private long missed;

    BenchViewer(ViewerResult.ViewerKind kind, ViewerProgress progress) {
        this.kind = kind;
        this.progress = progress;
    }

    final CompletableFuture<ViewerResult> done() {
        return done;
    }

    final void bytes(byte[] run) {
        file.update(run);
        bytes += run.length;
    }

    final void frames(long more) {
        frames += more;
        progress.seen(this, frames);
    }

    final void missed(long more) {
        missed += more;
    }

    final void end() {
        done.complete(new ViewerResult(kind, bytes, frames, missed, file.getValue(), ""));
    }

    final void fail(String fault) {
        done.complete(new ViewerResult(kind, bytes, frames, missed, file.getValue(), fault));
    }
}
