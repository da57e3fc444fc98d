package io.longtake.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A task that a share group has handed out. Between the renewal of its lock and the poll that brings it back it is not in hand, and
 * what would be acknowledged then would be lost.
 */
final class SharedTask implements TakenTask {

    private ConsumerRecord<String, byte[]> record;
    private boolean inHand = true;
    private boolean lost;

    SharedTask(ConsumerRecord<String, byte[]> record) {
        this.record = record;
    }

    /** As the last poll returned it. */
    @Override
    public ConsumerRecord<String, byte[]> record() {
        return record;
    }

    @Override
    public int count() {
        return record.deliveryCount().orElse((short) 1);
    }

    @Override
    public boolean isInHand() {
        return inHand;
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public Receipt receipt() {
        return Receipt.NONE;
    }

    /** Its lock is renewed. */
    void sentAway() {
        inHand = false;
    }

    void broughtBack(ConsumerRecord<String, byte[]> renewed) {
        record = renewed;
        inHand = true;
    }

    void lose() {
        lost = true;
    }
}
