/** What several rooms count in the same way. */
package io.longtake.meter;
