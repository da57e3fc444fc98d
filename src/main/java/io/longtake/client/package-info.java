/**
 * What a Java producer or subscriber imports: {@link io.longtake.client.LongtakeClient} sends a {@link
 * io.longtake.client.Prompt} and hands out a {@link io.longtake.client.Video}, whose {@linkplain io.longtake.client.Feed
 * feeds} tell what happens to it and give its frames and its file, as publishers and as iterators.
 *
 * <p>With the rooms below it this is {@code longtake-client}, a jar of its own that needs Kafka's clients and Avro, and
 * FFmpeg for decoding (decision 14). Other languages: {@code docs/clients.md}.
 */
package io.longtake.client;
