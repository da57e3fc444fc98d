package io.longtake.stitch;

import io.longtake.event.FrameChunk;
import io.longtake.payload.FrameBatch;
import java.util.Optional;

/** How far a video has come. */
sealed interface StitchedVideo {

    /** When a chunk of it came last, in milliseconds of this machine's clock. */
    long touched();

    /**
     * Segments 0 to {@code nextSegment - 1} are in the file.
     *
     * @param nextFrame index in the video of the next segment's first frame
     * @param format as the header says; empty before segment 0
     * @param waiting chunks whose places are kept, all segments and copies together
     */
    record Unfinished(int nextSegment, long nextFrame, Optional<PictureFormat> format, int waiting, long touched)
            implements StitchedVideo {

        static Unfinished unseen() {
            return new Unfinished(0, 0, Optional.empty(), 0, 0);
        }

        /** Why a chunk can not be of this video; nothing if it can. */
        Optional<String> objection(FrameChunk chunk) {
            return objection(chunk.getSegment(), chunk.getFirstFrame(), PictureFormat.of(chunk));
        }

        /** Why a batch can not be of this video; nothing if it can. */
        Optional<String> objection(FrameBatch batch) {
            return objection(batch.segment(), batch.firstFrame(), PictureFormat.of(batch.encoded()));
        }

        private Optional<String> objection(int segment, long firstFrame, PictureFormat found) {
            if (format.isPresent() && !format.get().equals(found)) {
                return Optional.of(
                        "format of segment " + segment + ": the video has " + format.get() + ", got " + found);
            }
            if (segment == nextSegment && firstFrame != nextFrame) {
                return Optional.of(
                        "first_frame of segment " + segment + ": expected " + nextFrame + ", got " + firstFrame);
            }
            return Optional.empty();
        }

        Unfinished received(long now) {
            return new Unfinished(nextSegment, nextFrame, format, waiting + 1, now);
        }

        Unfinished dropped(int chunks) {
            return new Unfinished(nextSegment, nextFrame, format, waiting - chunks, touched);
        }

        /** After its next segment has gone into the file, and so many chunks of it have been forgotten. */
        StitchedVideo stitched(FrameBatch batch, int chunks) {
            return batch.last()
                    ? new Done(touched)
                    : new Unfinished(
                            nextSegment + 1,
                            nextFrame + batch.encoded().frameCount(),
                            Optional.of(PictureFormat.of(batch.encoded())),
                            waiting - chunks,
                            touched);
        }
    }

    /** The file is finished. Kept for a while, so that late copies are known for what they are. */
    record Done(long touched) implements StitchedVideo {}
}
