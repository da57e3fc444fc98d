/**
 * The Kafka that comes along: one real KRaft node, durable in a directory, for a machine that has no cluster to name.
 *
 * <p>{@link io.longtake.broker.EmbeddedBroker} runs it in a JVM of its own, which can not halt the application and keeps
 * its heap apart; {@link io.longtake.broker.KRaftNode} is the node itself, which tests run in their own process.
 */
package io.longtake.broker;
