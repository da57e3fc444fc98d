/** Many workers whose devices are simulated: what share of their time the platform keeps them busy. */
package io.longtake.bench.workers;
