package io.longtake.platform;

import static io.longtake.platform.TakenOverIT.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaConnection;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions of an application that counts records: a count that is lost, or gone through twice, shows what went wrong. */
@Timeout(300)
class StandingByIT {

    private static final String APPLICATION = DirectorTopology.APPLICATION_ID;
    private static final String IN = "records";
    private static final String OUT = "counts";

    @TempDir
    private Path directory;

    private KRaftNode node;
    private KafkaConnection kafka;
    private KafkaProducer<String, String> producer;

    private record Instance(StreamsRole role, RoleWatch watch) implements AutoCloseable {

        boolean plays() {
            return role.name().equals(APPLICATION) && role.ready();
        }

        boolean standsBy() {
            return !role.name().equals(APPLICATION) && role.ready();
        }

        @Override
        public void close() {
            watch.close();
            role.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        node = KRaftNode.start(directory.resolve("broker"), 0);
        kafka = KafkaConnection.to(node.bootstrapServers());
        producer = new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new StringSerializer());
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.createTopics(List.of(new NewTopic(IN, 1, (short) 1), new NewTopic(OUT, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        producer.close();
        node.close();
    }

    @Test
    void all_that_wait_take_over_and_every_record_counts_once() {
        Instance old = instance("old", "count");
        try (old) {
            send("a", "b", "c");
            awaitCounted("a", "b", "c");
            try (Instance one = instance("one", "count", "more");
                    Instance two = instance("two", "count", "more");
                    Instance three = instance("three", "count", "more")) {
                List<Instance> waiting = List.of(one, two, three);
                until("they stand by", () -> waiting.stream().allMatch(Instance::standsBy));
                assertThat(old.plays()).isTrue();

                old.close();
                until("they play", () -> waiting.stream().allMatch(Instance::plays));
                send("d", "e");

                awaitCounted("a", "b", "c", "d", "e");
                assertThat(waiting)
                        .allMatch(instance -> instance.role().failure().isEmpty());
            }
        }
    }

    @Test
    void whoever_dies_while_it_takes_over_leaves_it_to_the_next() {
        try (Instance old = instance("old", "count")) {
            send("a", "b", "c");
            awaitCounted("a", "b", "c");
        }
        KafkaConsumer<String, String> dying = new KafkaConsumer<>(
                kafka.with(
                        Map.of("group.id", APPLICATION, "enable.auto.commit", "false", "session.timeout.ms", "6000")),
                new StringDeserializer(),
                new StringDeserializer());
        dying.subscribe(Set.of(IN));
        until("it has the group", () -> {
            dying.poll(Duration.ofMillis(50));
            return dying.groupMetadata().generationId() > 0;
        });
        dying.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));

        try (Instance next = instance("next", "count", "more")) {
            send("d", "e");

            awaitCounted("a", "b", "c", "d", "e");
            assertThat(next.plays()).isTrue();
        }
    }

    @Test
    void a_group_that_somebody_plays_forgets_nothing() {
        try (Instance old = instance("old", "count")) {
            send("a", "b", "c");
            awaitCounted("a", "b", "c");

            new GroupTopology(kafka, APPLICATION, Set.of(IN)).forget();
            send("d", "e");

            awaitCounted("a", "b", "c", "d", "e");
            assertThat(old.plays()).isTrue();
        }
    }

    /** Counts in the first of its stores. */
    private Instance instance(String name, String... stores) {
        StreamsRole role = StreamsRole.start(
                APPLICATION, () -> counting(List.of(stores)), kafka, GroupProtocols.LATEST, directory.resolve(name));
        return new Instance(role, RoleWatch.start(kafka, GroupProtocols.LATEST, ToyModel.STAGES, List.of(role)));
    }

    private static Topology counting(List<String> stores) {
        Topology topology = new Topology()
                .addSource(AutoOffsetReset.earliest(), "in", new StringDeserializer(), new StringDeserializer(), IN)
                .addProcessor("counter", () -> new Counter(stores.get(0)), "in");
        stores.forEach(store -> topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), Serdes.String(), Serdes.Long()),
                "counter"));
        return topology.addSink("out", OUT, new StringSerializer(), new StringSerializer(), "counter");
    }

    private static final class Counter implements Processor<String, String, String, String> {

        private final String store;
        private ProcessorContext<String, String> context;

        Counter(String store) {
            this.store = store;
        }

        @Override
        public void init(ProcessorContext<String, String> context) {
            this.context = context;
        }

        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, Long> counts = context.getStateStore(store);
            Long before = counts.get(record.key());
            long count = before == null ? 1 : before + 1;
            counts.put(record.key(), count);
            context.forward(record.withValue(record.value() + " is number " + count));
        }
    }

    private void send(String... records) {
        for (String record : records) {
            producer.send(new ProducerRecord<>(IN, "key", record));
        }
        producer.flush();
    }

    /** Each of these, and in this order. */
    private void awaitCounted(String... records) {
        List<String> counts = new ArrayList<>();
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", "read_committed"));
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(OUT, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            until("they are counted", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(count -> counts.add(count.value()));
                return counts.size() >= records.length;
            });
        }
        assertThat(counts)
                .containsExactlyElementsOf(IntStream.range(0, records.length)
                        .mapToObj(i -> records[i] + " is number " + (i + 1))
                        .toList());
    }
}
