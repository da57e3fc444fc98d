package io.longtake.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Sees to it that all topics are there. They share one partition count, because a video's records find each other by
 * partition; but queues of tasks have their own, which depends on who takes the tasks. What {@link #ensure} meets has to agree.
 *
 * @param stages of the models that are installed: each has a topic for its tasks
 * @param partitions of each topic that is no queue, at least 1
 * @param tasks partitions of each queue
 * @param replication of topics that are made
 * @param deadline for all of it
 */
public record TopicsAdmin(
        Collection<String> stages, int partitions, TaskPartitions tasks, Replication replication, Duration deadline) {

    public TopicsAdmin {
        stages = List.copyOf(stages);
        if (partitions < 1) {
            throw new IllegalArgumentException("topics: expected at least 1 partition, got " + partitions);
        }
    }

    /** For share groups. */
    public TopicsAdmin(Collection<String> stages, int partitions, Replication replication, Duration deadline) {
        this(stages, partitions, TaskPartitions.ONE, replication, deadline);
    }

    /** As the platform's topics on this Kafka are, if they are there already; otherwise as said here. */
    public TopicsAdmin orAsFound(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-topics")))) {
            return present(admin).entrySet().stream()
                    .filter(found -> !found.getKey().isQueue())
                    .findAny()
                    .map(found -> new TopicsAdmin(
                            stages, found.getValue().partitions().size(), tasks, replication, deadline))
                    .orElse(this);
        }
    }

    /**
     * Creates what is missing and returns when every topic has a leader for every partition.
     *
     * @throws IllegalStateException if a topic exists with another number of partitions, or takes no record because it has fewer
     *     copies than must be in sync
     * @throws KafkaException if Kafka refuses, or the deadline passes
     */
    public void ensure(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-topics")))) {
            long deadlineNanos = System.nanoTime() + deadline.toNanos();
            Map<Topic, TopicDescription> present = present(admin);
            check(present);
            create(admin, present);
            while (!complete(present)) {
                if (System.nanoTime() - deadlineNanos >= 0) {
                    throw new TimeoutException("of " + topics().size() + " topics only "
                            + present.keySet().stream().map(Topic::topicName).toList() + " are there after "
                            + deadline.toSeconds() + " s");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                present = present(admin);
            }
            check(present);
            new EnoughReplicas(admin).check(present.values());
        }
    }

    private List<Topic> topics() {
        return Topic.all(stages);
    }

    private Map<Topic, TopicDescription> present(Admin admin) {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        topics().stream().map(Topic::topicName).toList())
                .topicNameValues();
        Map<Topic, TopicDescription> present = new HashMap<>();
        for (Topic topic : topics()) {
            try {
                present.put(topic, KafkaAnswer.of(answers.get(topic.topicName())));
            } catch (UnknownTopicOrPartitionException e) {
                // to be created
            }
        }
        return present;
    }

    private void create(Admin admin, Map<Topic, TopicDescription> present) {
        List<Topic> missing = new ArrayList<>(topics());
        missing.removeAll(present.keySet());
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(missing.stream()
                        .map(topic -> topic.create(topic.isQueue() ? tasks.number() : partitions, replication))
                        .toList())
                .values();
        for (KafkaFuture<Void> answer : answers.values()) {
            try {
                KafkaAnswer.of(answer);
            } catch (TopicExistsException e) {
                // another process was quicker
            }
        }
    }

    private void check(Map<Topic, TopicDescription> present) {
        present.forEach((topic, description) -> {
            int found = description.partitions().size();
            if (topic.isQueue()) {
                checkQueue(topic.topicName(), found);
            }
            if (!topic.isQueue() && found != partitions) {
                throw new IllegalStateException("topic " + topic.topicName() + ": expected " + partitions
                        + " partitions like every topic of the platform, found " + found
                        + "; delete those that have no records yet, or use a fresh cluster");
            }
        });
    }

    /** A topic for consumer groups may have another number than this process would give it: whoever made it has chosen. */
    private void checkQueue(String topic, int found) {
        String fresh = ", or delete the topics of tasks while no video is in flight: they are made again";
        if (found > 1 && !tasks.isForConsumerGroups()) {
            throw new IllegalStateException("topic " + topic + ": expected 1 partition, because workers in a share"
                    + " group share its tasks one by one, found " + found + ": it was made for consumer groups; start"
                    + " every process with -D" + QueueSetting.PROPERTY + "=" + QueueSetting.GROUP + fresh);
        }
        if (found == 1 && tasks.isForConsumerGroups()) {
            throw new IllegalStateException("topic " + topic + ": expected several partitions, because in a consumer"
                    + " group each goes to one worker, found 1: it was made for share groups; start every process with"
                    + " -D" + QueueSetting.PROPERTY + "=" + QueueSetting.SHARE + " if this Kafka has them" + fresh);
        }
    }

    private boolean complete(Map<Topic, TopicDescription> present) {
        return present.size() == topics().size()
                && present.values().stream()
                        .flatMap(description -> description.partitions().stream())
                        .allMatch(partition -> partition.leader() != null);
    }
}
