package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.event.KafkaFeatures;
import io.longtake.event.QueueProtocol;
import io.longtake.event.QueueSetting;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Which kinds of groups the roles of a platform are members of, because its Kafka has them.
 *
 * @param queue of the workers
 * @param streamsGroups whether director and stitcher are in groups of Kafka Streams, or else in consumer groups
 */
record GroupProtocols(QueueProtocol queue, boolean streamsGroups) {

    private static final int SESSION_MILLIS = 10_000;
    private static final int HEARTBEAT_MILLIS = 1_000;

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

    /**
     * For Kafka Streams. In a consumer group it is the member who says how long a session is: as long as a worker's, or the work of a
     * director that was killed would wait for 45 s.
     */
    Map<String, Object> settingsOfStreams() {
        return streamsGroups
                ? Map.of(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams")
                : Map.of(
                        StreamsConfig.GROUP_PROTOCOL_CONFIG,
                        "classic",
                        StreamsConfig.consumerPrefix("session.timeout.ms"),
                        SESSION_MILLIS,
                        StreamsConfig.consumerPrefix("heartbeat.interval.ms"),
                        HEARTBEAT_MILLIS);
    }
}
