package io.longtake.event;

/**
 * How many partitions each stage's topic of tasks has.
 *
 * @param number of new topics
 */
public record TaskPartitions(int number) {

    /** Of the system property that sets it, for consumer groups. */
    public static final String PROPERTY = "longtake.queue.partitions";

    /** Of a share group's topic: it divides several among its members, and each would get some of the tasks only. */
    public static final TaskPartitions ONE = new TaskPartitions(1);

    private static final int DEFAULT = 32;
    private static final int MOST = 1000;

    public TaskPartitions {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("partitions of tasks: expected 1.." + MOST + ", got " + number);
        }
    }

    /**
     * Of a queue of that kind, as the system property says: a consumer group has no more workers than partitions.
     *
     * @throws IllegalArgumentException if that is no number from 2 to 1000
     */
    public static TaskPartitions configured(QueueProtocol queue) {
        if (!queue.isConsumerGroup()) {
            return ONE;
        }
        String asked = System.getProperty(PROPERTY, Integer.toString(DEFAULT)).strip();
        if (!asked.matches("[0-9]{1,4}") || Integer.parseInt(asked) < 2 || Integer.parseInt(asked) > MOST) {
            throw new IllegalArgumentException(PROPERTY + " must be from 2 to " + MOST + ", found '" + asked + "'");
        }
        return new TaskPartitions(Integer.parseInt(asked));
    }

    boolean isForConsumerGroups() {
        return number > 1;
    }
}
