package io.longtake.stitch;

import io.longtake.event.StitcherCopy;
import io.longtake.event.StitcherFormat;
import io.longtake.event.StitcherFragment;
import io.longtake.event.StitcherVideo;
import io.longtake.event.Wire;
import io.longtake.video.Codec;
import java.util.Optional;

/**
 * What the stitcher remembers as bytes for its stores and their changelogs, and back; also of {@link EarlierStitcherState before}
 * they were records. Whatever cannot be read is a {@link RuntimeException}, and what a later version wrote a {@link
 * io.longtake.event.NewerRecordException}.
 */
final class StitcherState {

    private StitcherState() {}

    static byte[] encode(StitchedVideo video) {
        StitcherVideo.Builder state = StitcherVideo.newBuilder()
                .setDone(video instanceof StitchedVideo.Done)
                .setNextSegment(0)
                .setNextFrame(0)
                .setFormat(null)
                .setWaiting(0)
                .setTouched(video.touched());
        if (video instanceof StitchedVideo.Unfinished unfinished) {
            state.setNextSegment(unfinished.nextSegment())
                    .setNextFrame(unfinished.nextFrame())
                    .setFormat(unfinished.format().map(StitcherState::record).orElse(null))
                    .setWaiting(unfinished.waiting());
        }
        return Wire.encode(state.build());
    }

    static StitchedVideo video(byte[] bytes) {
        if (EarlierStitcherState.isVideo(bytes)) {
            return EarlierStitcherState.video(bytes);
        }
        StitcherVideo state = Wire.decode(bytes, StitcherVideo.class);
        return state.getDone()
                ? new StitchedVideo.Done(state.getTouched())
                : new StitchedVideo.Unfinished(
                        state.getNextSegment(),
                        state.getNextFrame(),
                        Optional.ofNullable(state.getFormat()).map(StitcherState::format),
                        state.getWaiting(),
                        state.getTouched());
    }

    static byte[] encode(BatchCopy copy) {
        return Wire.encode(new StitcherCopy(copy.offsets()));
    }

    static BatchCopy copy(byte[] bytes) {
        return EarlierStitcherState.isCopy(bytes)
                ? EarlierStitcherState.copy(bytes)
                : new BatchCopy(Wire.decode(bytes, StitcherCopy.class).getOffsets());
    }

    static byte[] encode(WrittenFragment fragment) {
        return Wire.encode(new StitcherFragment(fragment.firstFrame(), fragment.offset(), fragment.bytes()));
    }

    static WrittenFragment fragment(byte[] bytes) {
        StitcherFragment fragment = Wire.decode(bytes, StitcherFragment.class);
        return new WrittenFragment(fragment.getFirstFrame(), fragment.getOffset(), fragment.getBytes());
    }

    private static StitcherFormat record(PictureFormat format) {
        return new StitcherFormat(
                format.codec().wireName(), format.width(), format.height(), format.frameRate(), format.extradata());
    }

    private static PictureFormat format(StitcherFormat record) {
        return new PictureFormat(
                Codec.parse(record.getCodec()),
                record.getWidth(),
                record.getHeight(),
                record.getFrameRate(),
                record.getExtradataCrc32c());
    }
}
