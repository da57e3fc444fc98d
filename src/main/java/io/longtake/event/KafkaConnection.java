package io.longtake.event;

import java.util.HashMap;
import java.util.Map;

/**
 * Where Kafka is, and what every client says to get in.
 *
 * @param bootstrapServers host:port, comma separated
 * @param security settings passed on unread (security.protocol, sasl.*, ssl.*)
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> security) {

    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers: expected host:port, got nothing");
        }
        security = Map.copyOf(security);
    }

    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** A client's configuration: the connection, and what this client adds. */
    public Map<String, Object> with(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>();
        // by default each client registers hundreds of JMX beans, which takes longer than all else that it does at its
        // start
        all.put("metric.reporters", "");
        all.putAll(security);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(settings);
        return all;
    }
}
