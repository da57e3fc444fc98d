package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.library.VideoStore;
import io.longtake.video.Codec;
import io.longtake.video.Still;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a video, made when they are first asked for and kept beside it. */
final class Pictures {

    private static final String THUMBNAIL = "thumbnail.jpg";
    private static final String SPRITESHEET = "spritesheet.jpg";
    private static final int COLUMNS = 5;
    private static final int MAX_FRAMES = 25;
    private static final int WIDTH = 192;

    private Pictures() {}

    /** The first frame, as JPEG. */
    static byte[] thumbnail(VideoStore store, LibraryVideo video) {
        return store.document(video.id(), THUMBNAIL).orElseGet(() -> {
            byte[] jpeg = Still.jpeg(still(store, video, coded(video).get(0)));
            store.write(video.id(), THUMBNAIL, jpeg);
            return jpeg;
        });
    }

    /** First frames of up to 25 segments that lie evenly in the video, as JPEG; kept when the video is over. */
    static byte[] spritesheet(VideoStore store, LibraryVideo video) {
        return store.document(video.id(), SPRITESHEET).orElseGet(() -> {
            List<StoredFragment> segments = coded(video);
            int count = Math.min(MAX_FRAMES, segments.size());
            List<BufferedImage> stills = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                stills.add(still(store, video, segments.get((int) ((long) i * segments.size() / count))));
            }
            byte[] jpeg = Still.jpeg(Still.sheet(stills, COLUMNS, WIDTH));
            if (video.over()) {
                store.write(video.id(), SPRITESHEET, jpeg);
            }
            return jpeg;
        });
    }

    private static List<StoredFragment> coded(LibraryVideo video) {
        if (video.fragments().container().equals(Codec.RAW.container())) {
            throw Problem.of(
                    404,
                    "no pictures",
                    "pictures are made of coded videos; this one is "
                            + video.fragments().container());
        }
        return video.fragments().segments();
    }

    private static BufferedImage still(VideoStore store, LibraryVideo video, StoredFragment segment) {
        return Still.of(whole(store, video, video.fragments().all().get(0)), whole(store, video, segment));
    }

    private static byte[] whole(VideoStore store, LibraryVideo video, StoredFragment fragment) {
        return store.read(video.id(), fragment, 0, fragment.bytes());
    }
}
