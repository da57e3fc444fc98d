package io.longtake.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The sequence and picture parameter sets in front of an H.264 key frame (ISO 14496-10, annex B and table 7-1). */
final class ParameterSets {

    private static final int SEQUENCE = 7;
    private static final int PICTURE = 8;

    private ParameterSets() {}

    /**
     * Their units, each behind a four-byte start code.
     *
     * @throws VideoException if one of the two kinds is missing
     */
    static byte[] of(ByteBuffer packet) {
        ByteArrayOutputStream sets = new ByteArrayOutputStream();
        boolean[] found = new boolean[32];
        int unit = nextUnit(packet, 0);
        while (unit < packet.limit()) {
            int following = nextUnit(packet, unit);
            int type = packet.get(unit) & 31;
            if (type == SEQUENCE || type == PICTURE) {
                found[type] = true;
                sets.writeBytes(new byte[] {0, 0, 0, 1});
                for (int i = unit; i < end(packet, following); i++) {
                    sets.write(packet.get(i));
                }
            }
            unit = following;
        }
        if (!found[SEQUENCE] || !found[PICTURE]) {
            throw new VideoException("h264: expected parameter sets in the first packet, found "
                    + (found[SEQUENCE] ? "no picture" : "no sequence") + " parameter set");
        }
        return sets.toByteArray();
    }

    /** Where the next unit begins, behind its start code 00 00 01; the limit if there is none. */
    private static int nextUnit(ByteBuffer packet, int from) {
        for (int i = from; i + 3 < packet.limit(); i++) {
            if (packet.get(i) == 0 && packet.get(i + 1) == 0 && packet.get(i + 2) == 1) {
                return i + 3;
            }
        }
        return packet.limit();
    }

    /** Where the unit ends that the given one follows: before the start code and the zeros that pad it. */
    private static int end(ByteBuffer packet, int following) {
        int end = following == packet.limit() ? following : following - 3;
        while (end > 0 && packet.get(end - 1) == 0) {
            end--;
        }
        return end;
    }
}
