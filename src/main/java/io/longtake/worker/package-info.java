/**
 * Takes tasks of one or more stages from share groups or consumer groups, runs their models on this machine's device, and publishes
 * what came of it. A segment's chunks and its result are one Kafka transaction, with the position of a consumer group; a share group is
 * told afterwards.
 * {@link io.longtake.worker.Worker} is all of it, {@link io.longtake.worker.TaskLoop} takes the tasks from the
 * {@link io.longtake.worker.TaskQueue}, {@link io.longtake.worker.Leases} keeps them while they are worked on,
 * {@link io.longtake.worker.BatchKey} says which may share a call, {@link io.longtake.worker.BatchRunner} sees to it that they
 * share nothing else, {@link io.longtake.worker.TaskRunner} does the work, {@link io.longtake.worker.Publisher} says
 * what came of it, in {@link io.longtake.worker.Transactions}.
 */
package io.longtake.worker;
