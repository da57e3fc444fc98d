package io.longtake.client;

/**
 * One item of a feed.
 *
 * @param item what was asked for
 * @param position behind it: keep it, and {@link Feed#from} goes on with the next one
 */
public record Delivery<T>(T item, Position position) {}
