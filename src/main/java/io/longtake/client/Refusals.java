package io.longtake.client;

import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import java.time.Instant;

/**
 * Tells the end of a video from the refusal of one of its prompts. A prompt that was refused may be sent again, corrected, under
 * the same id, and then the video is made: its refusal is the end only if nothing follows it.
 *
 * @param sentAt the time of the prompt that the reader itself sent: a refusal from before is of another prompt
 */
record Refusals(Instant sentAt) {

    /** For whoever sent none. */
    static final Refusals OF_ANY_PROMPT = new Refusals(Instant.MIN);

    /** Whether an event is about a prompt that another one has taken the place of: of no concern to this reader. */
    boolean isPast(VideoEvent event) {
        return VideoEvents.isRefusal(event) && event.getAt().isBefore(sentAt);
    }

    /**
     * Offset that {@code longtake.videos} must be read to before an end is believed: where the topic ends now for a refusal,
     * which may have been followed by other news; nothing more for the end of a video.
     */
    static long believedFrom(VideoEvent end, VideoRecords records) {
        return VideoEvents.isRefusal(end) ? records.end(Topic.VIDEOS) : 0;
    }
}
