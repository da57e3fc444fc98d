/** Longtake: long, coherent video from prompt events, as a stream. See {@code docs/architecture.md} for the rooms. */
package io.longtake;
