package io.longtake.client;

import io.longtake.event.Topic;
import io.longtake.event.VideoId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a feed was read: {@link Feed#from} goes on behind it, with nothing lost and nothing repeated, in another process
 * and after any restart of Kafka, for as long as Kafka keeps the records. {@link #toString} writes it down and {@link
 * #parse} reads it back; what is inside may change with a version.
 *
 * @param topic of the feed
 * @param videoId the video
 * @param next number of the segment or fragment that comes next, from 0; 0 for events
 * @param frame index in the video of the frame that comes next; 0 for events
 * @param offset of the first record of the topic that is still needed
 * @param news the same of {@code longtake.videos}
 * @param end whether nothing comes next
 */
public record Position(Topic topic, String videoId, int next, long frame, long offset, long news, boolean end) {

    private static final Pattern TEXT =
            Pattern.compile("([a-z.]+)/([0-9a-f-]{36})/(\\d{1,9})/(\\d{1,18})/(\\d{1,18})/(\\d{1,18})(/end)?");

    /** @throws IllegalArgumentException if the video is no UUID in canonical form, or a number is below 0 */
    public Position {
        VideoId.require(videoId);
        if (next < 0 || frame < 0 || offset < 0 || news < 0) {
            throw new IllegalArgumentException("position: expected numbers of at least 0, got next " + next + ", frame "
                    + frame + ", offset " + offset + ", news " + news);
        }
    }

    /** @throws IllegalArgumentException if it is not what {@link #toString} gave */
    public static Position parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            for (Topic topic : Topic.ofEveryPlatform()) {
                if (topic.topicName().equals(parts.group(1))) {
                    return new Position(
                            topic,
                            parts.group(2),
                            Integer.parseInt(parts.group(3)),
                            Long.parseLong(parts.group(4)),
                            Long.parseLong(parts.group(5)),
                            Long.parseLong(parts.group(6)),
                            parts.group(7) != null);
                }
            }
        }
        throw new IllegalArgumentException("position: expected TOPIC/VIDEO_ID/NEXT/FRAME/OFFSET/NEWS as a delivery"
                + " told it, got '" + text + "'");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s/%s/%d/%d/%d/%d%s",
                topic.topicName(),
                videoId,
                next,
                frame,
                offset,
                news,
                end ? "/end" : "");
    }
}
