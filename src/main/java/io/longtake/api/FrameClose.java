package io.longtake.api;

/** Why a viewer's connection ends, as the code of its close frame. From 4000 on they are ours (RFC 6455, section 7.4.2). */
enum FrameClose {
    /** Everything was told. */
    END(1000),
    /** This server stops; another one, or the next one, goes on. */
    GOING(1001),
    /** The viewer sent what is no request. */
    MISUSED(1008),
    /** The video could not be read here. */
    BROKEN(1011),
    /** The viewer read nothing for too long. */
    STALLED(4408),
    /** The video was deleted. */
    DELETED(4410);

    private final int code;

    FrameClose(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
