/**
 * What travels: the records generated from {@code schemas/}, the topics they travel on, and their bytes (Avro
 * single-object encoding). Depends on nothing but Kafka's clients and Avro.
 */
package io.longtake.event;
