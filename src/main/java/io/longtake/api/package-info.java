/**
 * What the platform says over HTTP. {@link io.longtake.api.VideosResource}: videos in the shape of the OpenAI Videos API;
 * {@link io.longtake.api.LiveResource}: the same videos as HLS while they grow; {@link io.longtake.api.FramesSocket}: their
 * frames over a WebSocket; {@link io.longtake.api.EventsResource}: what happens to them; {@link
 * io.longtake.api.ModelsResource}: what they can be made of. Every answer comes from the {@link
 * io.longtake.library.Library}: who asks never makes Kafka be read. The page at {@code /} lies in {@code META-INF/resources}
 * and uses these addresses and no others.
 */
package io.longtake.api;
