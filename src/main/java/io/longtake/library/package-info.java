/**
 * The films as files. {@link io.longtake.library.Librarian} listens to Kafka, {@link io.longtake.library.Library} keeps what
 * comes in a {@link io.longtake.library.FilmStore} and on the {@link io.longtake.library.Shelf}, where any number of viewers
 * look for it and wait for more: a film is generated once, and Kafka is read once, however many watch.
 */
package io.longtake.library;
