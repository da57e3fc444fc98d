/**
 * The videos as files. {@link io.longtake.library.Librarian} listens to Kafka, {@link io.longtake.library.Library} keeps what
 * comes in a {@link io.longtake.library.VideoStore} and on the {@link io.longtake.library.LibraryVideos}, where any number of viewers
 * look for it and wait for more: a video is generated once, and Kafka is read once, however many watch. Several libraries, of
 * as many servers, may share a store; {@link io.longtake.library.VideoDocuments}, {@link io.longtake.library.Positions} and
 * {@link io.longtake.library.Deletions} keep them from hiding anything from each other.
 */
package io.longtake.library;
