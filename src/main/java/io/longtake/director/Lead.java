package io.longtake.director;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a video that is watched gets ahead of the viewer who is furthest in it.
 *
 * @param ahead at least a second: less than the segment that comes next would hold a video for ever
 */
public record Lead(Duration ahead) {

    /** Of the system property that sets it, in seconds. */
    public static final String PROPERTY = "longtake.pacing.lead-seconds";

    private static final Duration MAX_AHEAD = Duration.ofHours(24);

    public static final Lead DEFAULT = new Lead(Duration.ofSeconds(30));

    public Lead {
        if (ahead.compareTo(Duration.ofSeconds(1)) < 0 || ahead.compareTo(MAX_AHEAD) > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s must be from 1 to %d, found %s", PROPERTY, MAX_AHEAD.toSeconds(), seconds(ahead)));
        }
    }

    /** As the system property says; {@link #DEFAULT} if it says nothing. */
    public static Lead configured() {
        String seconds = System.getProperty(PROPERTY);
        return seconds == null ? DEFAULT : of(seconds);
    }

    /** @throws IllegalArgumentException if that is no number of seconds, or outside 1 .. 86400 */
    static Lead of(String seconds) {
        if (!seconds.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s must be a number of seconds such as 30, found '%s'", PROPERTY, seconds));
        }
        return new Lead(Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000)));
    }

    long frames(int frameRate) {
        return ahead.toMillis() * frameRate / 1000;
    }

    private static String seconds(Duration time) {
        return Double.toString(time.toMillis() / 1000.0);
    }
}
