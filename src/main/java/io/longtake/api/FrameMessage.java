package io.longtake.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.longtake.director.Catalogue;
import io.longtake.library.FragmentCache.CachedFragment;
import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import io.longtake.model.ModelManifest;
import io.longtake.video.Mp4Header;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a viewer is told in words; the kind is {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface FrameMessage {

    ObjectMapper JSON = new ObjectMapper();

    default String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file's header comes, as {@code bytes} bytes in binary messages.
     *
     * @param mediaType with the codec, as media source extensions want it
     * @param width pixels; null if it is not known here
     * @param height pixels; null if it is not known here
     * @param frameRate per second
     */
    @JsonTypeName("header")
    record HeaderMessage(
            String container, String mediaType, Integer width, Integer height, int frameRate, int bytes, long crc32c)
            implements FrameMessage {

        /** @param models know the size of videos whose headers do not tell it */
        static HeaderMessage of(LibraryVideo video, CachedFragment header, Catalogue models) {
            String container = video.fragments().container();
            String type = ContentResource.type(container);
            int rate = video.history().frameRate();
            int bytes = header.bytes().length;
            if (container.equals("mp4")) {
                Mp4Header mp4 = Mp4Header.read(header.bytes());
                String withCodec = type + "; codecs=\"" + mp4.codecs() + "\"";
                return new HeaderMessage(container, withCodec, mp4.width(), mp4.height(), rate, bytes, header.crc32c());
            }
            Optional<ModelManifest.VideoFormat> size = Optional.ofNullable(
                            video.history().details())
                    .flatMap(details -> models.find(details.model()))
                    .map(model -> model.manifest().video());
            return new HeaderMessage(
                    container,
                    type,
                    size.map(ModelManifest.VideoFormat::width).orElse(null),
                    size.map(ModelManifest.VideoFormat::height).orElse(null),
                    rate,
                    bytes,
                    header.crc32c());
        }
    }

    /**
     * A segment comes, as {@code bytes} bytes in binary messages.
     *
     * @param segment from 0
     * @param firstFrame its index in the video
     * @param last whether the video ends with it
     */
    @JsonTypeName("batch")
    record BatchMessage(
            int segment, long firstFrame, int frames, String container, int bytes, long crc32c, boolean last)
            implements FrameMessage {
        static BatchMessage of(StoredFragment fragment, CachedFragment content) {
            return new BatchMessage(
                    fragment.number() - 1,
                    fragment.firstFrame(),
                    fragment.frames(),
                    fragment.container(),
                    fragment.bytes(),
                    content.crc32c(),
                    fragment.last());
        }
    }

    /** A live viewer was slow: frames {@code fromFrame} to {@code toFrame - 1} are left out. */
    @JsonTypeName("missed")
    record MissedMessage(long fromFrame, long toFrame) implements FrameMessage {
        /** @param to the segment that comes next */
        static MissedMessage between(StoredFragment from, StoredFragment to) {
            return new MissedMessage(from.firstFrame(), to.firstFrame());
        }
    }

    /** Nothing else is to be said. {@code frames}: how many the video has by now. */
    @JsonTypeName("heartbeat")
    record HeartbeatMessage(long frames) implements FrameMessage {}

    /**
     * Nothing more will come.
     *
     * @param status as in the video's document: completed or failed
     * @param frames of the video, as far as it came
     * @param error null for a video that is whole
     */
    @JsonTypeName("end")
    record EndMessage(String status, long frames, VideoDocument.VideoError error) implements FrameMessage {
        /** The last fragment may be here before the news of the end. */
        static EndMessage of(LibraryVideo video, VideoServices services) {
            VideoDocument document = VideoDocument.of(video, services, PathPrefix.NONE);
            return video.fragments().complete()
                    ? new EndMessage("completed", document.frames(), null)
                    : new EndMessage(document.status(), document.frames(), document.error());
        }
    }
}
