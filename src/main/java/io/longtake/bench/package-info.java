/** What the platform costs on this machine: over the bare stages, stage by stage, with many viewers, and of records. For {@code longtake bench}. */
package io.longtake.bench;
