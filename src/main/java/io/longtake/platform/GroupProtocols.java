package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.event.KafkaFeatures;
import io.longtake.event.QueueProtocol;
import io.longtake.event.QueueSetting;

/**
 * Which kinds of groups the roles of a platform are members of, because its Kafka has them.
 *
 * @param queue of the workers
 * @param streamsGroups whether director and stitcher are in groups of Kafka Streams, or else in consumer groups
 */
record GroupProtocols(QueueProtocol queue, boolean streamsGroups) {

    /** On a Kafka that has every kind, as the embedded one. */
    static final GroupProtocols LATEST = new GroupProtocols(QueueProtocol.SHARE, true);

    /**
     * Those of a Kafka.
     *
     * @throws IllegalStateException if it has not what is asked for
     * @throws org.apache.kafka.common.KafkaException if it does not answer
     */
    static GroupProtocols of(KafkaConnection kafka, QueueSetting asked) {
        KafkaFeatures features = KafkaFeatures.of(kafka);
        return new GroupProtocols(asked.on(features), features.streamsGroups());
    }

    /** As Kafka Streams calls it. */
    String ofStreams() {
        return streamsGroups ? "streams" : "classic";
    }
}
