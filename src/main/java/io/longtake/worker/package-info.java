/**
 * Takes tasks of one or more stages from a share group, runs their models on this machine's device, and publishes what
 * came of it. A segment's chunks and its result are one Kafka transaction; only then is the task acknowledged.
 * {@link io.longtake.worker.Worker} is the loop, {@link io.longtake.worker.Leases} keeps tasks while they are worked on,
 * {@link io.longtake.worker.Company} says which may share a call, {@link io.longtake.worker.BatchRunner} sees to it that they
 * share nothing else, {@link io.longtake.worker.TaskRunner} does the work, {@link io.longtake.worker.Publisher} the
 * transaction.
 */
package io.longtake.worker;
