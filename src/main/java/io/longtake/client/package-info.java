/**
 * What a Java producer or subscriber imports: {@link io.longtake.client.LongtakeClient} sends prompts and hands out
 * subscriptions to what happens to a film and to the film itself. Other languages read {@code schemas/README.md}.
 */
package io.longtake.client;
