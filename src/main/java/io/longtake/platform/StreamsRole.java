package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application of ours, exactly once. */
record StreamsRole(String name, KafkaStreams streams, boolean guest) implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param state directory of its stores
     * @param guest whether the stores are only for this process: then they are removed when it closes
     */
    static StreamsRole start(
            String applicationId, Topology topology, KafkaConnection kafka, Path state, boolean guest) {
        Properties settings = new Properties();
        settings.putAll(kafka.with(Map.ofEntries(
                Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, applicationId),
                Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
                Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams"),
                Map.entry(StreamsConfig.STATE_DIR_CONFIG, state.toString()),
                Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0),
                // What a role decides is seen by others after its commit, so commit soon after there is something.
                Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20),
                Map.entry(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1),
                Map.entry(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest"),
                Map.entry(StreamsConfig.producerPrefix("linger.ms"), 0))));
        KafkaStreams streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(fault -> {
            LOG.error("{}: a stream thread died and is replaced", applicationId, fault);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        return new StreamsRole(applicationId, streams, guest);
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(PATIENCE);
        if (guest) {
            streams.cleanUp();
        }
    }
}
