package io.longtake.platform;

/** A part of the platform that runs in this process. */
interface Role extends AutoCloseable {

    String name();

    boolean ready();

    @Override
    void close();
}
