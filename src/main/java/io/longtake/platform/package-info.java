/**
 * The roles of the house, started and stopped together: broker, director, stitcher, workers. What one command brings up
 * on a laptop, and what {@code up} serves.
 */
package io.longtake.platform;
