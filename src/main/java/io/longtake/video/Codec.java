package io.longtake.video;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How frames are coded, and the container of a video of such frames. */
public enum Codec {
    /** Lossy, for watching: Annex B packets, parameter sets in a batch's first packet; video: fragmented MP4. */
    H264("h264", "mp4", ".mp4"),
    /** Lossless: FFV1 version 3 in RGB; video: Matroska. */
    FFV1("ffv1", "matroska", ".mkv"),
    /** 8-bit RGB, row by row; a video is its frames, one after the other. */
    RAW("raw", "rgb24", ".rgb");

    private final String wireName;
    private final String container;
    private final String extension;

    Codec(String wireName, String container, String extension) {
        this.wireName = wireName;
        this.container = container;
        this.extension = extension;
    }

    /** The name in records and commands. */
    public String wireName() {
        return wireName;
    }

    /** The container of a video: mp4, matroska or rgb24. */
    public String container() {
        return container;
    }

    /** A video's file extension, with the dot. */
    public String extension() {
        return extension;
    }

    /** Whether a video ends with an index of its fragments. */
    public boolean hasIndex() {
        return this == H264;
    }

    /** Whether a file's name says that it holds such a video, in small letters or in capitals. */
    public boolean isNameOfFile(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(extension);
    }

    /**
     * The codec of a wire name.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static Codec parse(String wireName) {
        return Arrays.stream(values())
                .filter(codec -> codec.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("codec: expected one of "
                        + Arrays.stream(values()).map(Codec::wireName).collect(Collectors.joining(", ")) + ", got "
                        + (wireName == null ? "nothing" : "'" + wireName + "'")));
    }
}
