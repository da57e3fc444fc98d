/** How long one call of a network takes, row by row, in the form that {@code python -m longtake_models.measure} writes too. */
package io.longtake.bench.steps;
