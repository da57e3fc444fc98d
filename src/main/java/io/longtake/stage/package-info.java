/**
 * The four stages of a video as pure functions, {@link io.longtake.stage.StageInput} to content: same input, same bytes,
 * on any worker. Knows models and diffusion, and nothing of Kafka.
 */
package io.longtake.stage;
