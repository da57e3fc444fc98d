/** Viewers by the hundred, of one video: to measure what they cost, and to see that each gets all of it. */
package io.longtake.bench.viewers;
