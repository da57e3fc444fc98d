/** What the platform costs on this machine, one {@link io.longtake.bench.Bench} for each thing. For {@code longtake bench}. */
package io.longtake.bench;
