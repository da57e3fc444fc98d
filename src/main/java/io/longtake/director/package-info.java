/**
 * Owns the state of every video and decides what happens next. {@link io.longtake.director.VideoState} is the state
 * machine: each state answers an event with a {@link io.longtake.director.Decision}, which holds the next state and
 * what to send. {@link io.longtake.director.DirectorTopology} puts it behind Kafka Streams, exactly once.
 */
package io.longtake.director;
