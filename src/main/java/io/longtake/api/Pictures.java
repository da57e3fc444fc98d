package io.longtake.api;

import io.longtake.library.Film;
import io.longtake.library.FilmStore;
import io.longtake.library.Piece;
import io.longtake.video.Still;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Pictures of a film, made when they are first asked for and kept beside it. */
final class Pictures {

    private static final String THUMBNAIL = "thumbnail.jpg";
    private static final String SPRITESHEET = "spritesheet.jpg";
    private static final int COLUMNS = 5;
    private static final int MOST = 25;
    private static final int WIDTH = 192;

    private Pictures() {}

    /** The first frame, as JPEG. */
    static byte[] thumbnail(FilmStore store, Film film) {
        return store.document(film.id(), THUMBNAIL).orElseGet(() -> {
            byte[] jpeg = Still.jpeg(still(store, film, mp4(film).get(0)));
            store.write(film.id(), THUMBNAIL, jpeg);
            return jpeg;
        });
    }

    /** First frames of up to 25 segments that lie evenly in the film, as JPEG; kept when the film is over. */
    static byte[] spritesheet(FilmStore store, Film film) {
        return store.document(film.id(), SPRITESHEET).orElseGet(() -> {
            List<Piece> segments = mp4(film);
            int count = Math.min(MOST, segments.size());
            List<BufferedImage> stills = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                stills.add(still(store, film, segments.get((int) ((long) i * segments.size() / count))));
            }
            byte[] jpeg = Still.jpeg(Still.sheet(stills, COLUMNS, WIDTH));
            if (film.over()) {
                store.write(film.id(), SPRITESHEET, jpeg);
            }
            return jpeg;
        });
    }

    private static List<Piece> mp4(Film film) {
        if (!film.reel().container().equals("mp4")) {
            throw Problem.of(
                    404,
                    "no pictures",
                    "pictures are made of H.264 films; this one is "
                            + film.reel().container());
        }
        return film.reel().segments();
    }

    private static BufferedImage still(FilmStore store, Film film, Piece segment) {
        return Still.of(whole(store, film, film.reel().pieces().get(0)), whole(store, film, segment));
    }

    private static byte[] whole(FilmStore store, Film film, Piece piece) {
        return store.read(film.id(), piece, 0, piece.bytes());
    }
}
