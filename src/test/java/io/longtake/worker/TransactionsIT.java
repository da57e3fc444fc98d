package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.SharedBroker;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.DeadLetters;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outcome;
import io.longtake.event.Outgoing;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.model.InputSource;
import io.longtake.model.ToyModel;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadReader;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is published gets out, whatever happens to the producer on the way; on a real broker, with producers that fail. */
@ExtendWith(SharedBroker.class)
class TransactionsIT {

    private static final Tensor MADE = Tensor.filled(7, 2, 3);

    private final String video = UUID.randomUUID().toString();
    private final StageTask task = Tasks.keyframes(video, 1).build();
    private final KafkaConnection kafka;
    private final WorkerClients clients;
    /** What is wrong with the first producer, the second, and so on. */
    private final Deque<UnaryOperator<Producer<String, byte[]>>> faults = new ArrayDeque<>();

    private final List<Producer<String, byte[]>> producers = new ArrayList<>();
    private final Transactions transactions =
            new Transactions(this::producer, PayloadCache.none(), Duration.ofMillis(50));
    private final Publisher publisher = new Publisher(transactions, new WorkerSettings("worker", ToyModel.STAGES, 1));

    TransactionsIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.clients = new WorkerClients(kafka, Crew.settings("worker"));
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> producer = clients.results();
        producers.add(producer);
        return faults.isEmpty() ? producer : faults.pop().apply(producer);
    }

    @AfterEach
    void close() {
        transactions.close();
        producers.forEach(producer -> producer.close(Duration.ZERO));
    }

    @Test
    void a_commit_that_timed_out_before_it_took_effect_is_made_by_another_producer() {
        faults.add(producer -> timingOut(producer, Faulty.before(() -> new TimeoutException("no answer"))));

        publishMade();

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(this::assertMade);
        assertThat(producers).hasSize(2);
    }

    @Test
    void a_commit_that_timed_out_after_it_took_effect_is_made_twice_with_the_same_bytes() {
        faults.add(producer -> timingOut(producer, Faulty.after(() -> new TimeoutException("no answer"))));

        publishMade();

        assertThat(Results.await(kafka, video, 2)).hasSize(2).allSatisfy(this::assertMade);
    }

    @Test
    void a_producer_that_is_fenced_is_replaced() {
        publishMade();
        Producer<String, byte[]> stranger = producer();
        stranger.initTransactions();

        publishMade();

        assertThat(Results.await(kafka, video, 2)).allSatisfy(this::assertMade);
        assertThat(producers).hasSize(3);
    }

    @Test
    void a_producer_that_cannot_even_abort_is_replaced() {
        faults.add(producer -> faulty(
                "abortTransaction",
                faulty("send", producer, Faulty.before(() -> new KafkaException("out of order"))),
                Faulty.before(() -> new IllegalStateException("not now"))));

        publishMade();

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(this::assertMade);
        assertThat(producers).hasSize(2);
    }

    @Test
    void a_record_that_does_not_arrive_aborts_its_transaction_which_is_made_again() {
        faults.add(fault("send", Faulty.once(call -> {
            ProducerRecord<?, ?> record = (ProducerRecord<?, ?>) call.arguments()[0];
            assertThat(record.topic()).isEqualTo(Topic.RESULTS.topicName());
            return CompletableFuture.failedFuture(new TimeoutException("Expiring 1 record(s)"));
        })));

        publishImpossible();

        assertThat(Results.await(kafka, video, 1))
                .singleElement()
                .extracting(StageResult::getOutcome)
                .isEqualTo(Outcome.FAILED);
        assertThat(producers).hasSize(1);
    }

    @Test
    void nothing_is_on_its_way_when_a_transaction_is_committed() {
        List<Future<?>> sent = new ArrayList<>();
        List<Boolean> arrived = new ArrayList<>();
        faults.add(producer -> faulty(
                "commitTransaction",
                faulty("send", producer, call -> {
                    Future<?> future = (Future<?>) call.proceed();
                    sent.add(future);
                    return future;
                }),
                call -> {
                    sent.forEach(future -> arrived.add(future.isDone()));
                    return call.proceed();
                }));

        publishMade();
        publishImpossible();
        publisher.bury(
                DeadLetters.of(DeadLetters.Place.NOWHERE, video, new byte[1], Instant.EPOCH, "a test"),
                CarriedHeaders.NONE,
                Receipt.NONE);

        assertThat(arrived).hasSize(2 + 3 + 4).containsOnly(true);
    }

    @Test
    void what_could_not_be_published_is_not_visible_and_what_comes_after_it_is() {
        for (int i = 0; i < 3; i++) {
            faults.add(producer -> timingOut(producer, Faulty.before(() -> new TimeoutException("no answer"))));
        }
        assertThatThrownBy(this::publishMade).isInstanceOf(TimeoutException.class);

        publishImpossible();

        assertThat(Results.await(kafka, video, 1))
                .singleElement()
                .extracting(StageResult::getOutcome)
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void who_may_not_publish_is_not_let_try_again() {
        faults.add(fault("send", Faulty.before(() -> new TopicAuthorizationException(Topic.RESULTS.topicName()))));

        assertThatThrownBy(this::publishImpossible).isInstanceOf(TopicAuthorizationException.class);
        assertThat(producers).hasSize(1);
    }

    @Test
    void what_is_too_large_is_not_tried_again_and_leaves_a_producer_that_works() {
        byte[] large = new byte[2 << 20];

        assertThatThrownBy(() -> transactions.commit(transaction -> transaction.send(
                        new Outgoing(Topic.RESULTS.topicName(), null, null, video, large, new RecordHeaders()))))
                .isInstanceOf(RecordTooLargeException.class);
        publishMade();

        assertThat(Results.await(kafka, video, 1)).singleElement().satisfies(this::assertMade);
        assertThat(producers).hasSize(1);
    }

    private void publishMade() {
        publisher.publish(new Work(task), new TaskOutcome.Made(Map.of(InputSource.OUT, MADE), 1));
    }

    private void publishImpossible() {
        publisher.publish(new Work(task), new TaskOutcome.Impossible("a test"));
    }

    private void assertMade(StageResult result) {
        assertThat(result.getOutcome()).isEqualTo(Outcome.DONE);
        try (PayloadReader reader = new PayloadReader(kafka, PayloadCache.none(), PayloadReader.DEADLINE)) {
            assertThat(reader.read(result.getOutputs().get(InputSource.OUT))).isEqualTo(MADE);
        }
    }

    /** After a commit that timed out, Kafka's producer takes nothing but the same commit again. */
    private static Producer<String, byte[]> timingOut(Producer<String, byte[]> producer, Faulty.Fault commit) {
        return faulty(
                "abortTransaction",
                faulty("commitTransaction", producer, commit),
                Faulty.before(() -> new IllegalStateException("the previous call to `commitTransaction` timed out")));
    }

    private static UnaryOperator<Producer<String, byte[]>> fault(String method, Faulty.Fault fault) {
        return producer -> faulty(method, producer, fault);
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> faulty(
            String method, Producer<String, byte[]> producer, Faulty.Fault fault) {
        return Faulty.in(method, Producer.class, producer, fault);
    }
}
