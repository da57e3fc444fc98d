/** What the platform costs on this machine: over the bare stages, stage by stage, and with many viewers. For {@code longtake bench}. */
package io.longtake.bench;
