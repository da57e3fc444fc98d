package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.MortalBroker;
import io.longtake.payload.FrameBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker dies while a video is followed, and comes back: nobody loses a frame, nobody gets one twice. */
class KilledBrokerIT {

    private static final int HALF = 4;

    @TempDir
    Path directory;

    private final String videoId = UUID.randomUUID().toString();

    @Test
    void every_frame_comes_once_to_those_who_wait_and_to_those_who_come_again() throws Exception {
        List<FrameBatch> batches = new ArrayList<>();
        for (int segment = 0; segment < 2 * HALF; segment++) {
            batches.add(FrameBatches.raw(videoId, segment, segment, 1, segment == 2 * HALF - 1));
        }
        try (MortalBroker broker = new MortalBroker(directory);
                LongtakeClient client = LongtakeClient.create(broker.kafka());
                Cursor<FrameBatch> pulled = client.video(videoId).frames().open()) {
            Collector<FrameBatch> pushed = new Collector<>();
            client.video(videoId).frames().subscribe(pushed);
            write(broker, batches.subList(0, HALF));
            List<FrameBatch> byPull = new ArrayList<>();
            Position left = null;
            for (int i = 0; i < HALF; i++) {
                Delivery<FrameBatch> delivery = pulled.next();
                byPull.add(delivery.item());
                left = i == 1 ? delivery.position() : left;
            }
            List<FrameBatch> byPush = pushed.take(HALF);
            pushed.subscription.join().request(Long.MAX_VALUE); // it waits in Kafka while the broker dies

            broker.kill();
            broker.restart();
            write(broker, batches.subList(HALF, 2 * HALF));

            pulled.forEachRemaining(delivery -> byPull.add(delivery.item()));
            pushed.end.get(1, TimeUnit.MINUTES);
            byPush.addAll(pushed.rest());
            assertThat(byPull).isEqualTo(batches);
            assertThat(byPush).isEqualTo(batches);
            List<FrameBatch> again = new ArrayList<>();
            try (Cursor<FrameBatch> resumed =
                    client.video(videoId).frames().from(left).open()) {
                resumed.forEachRemaining(delivery -> again.add(delivery.item()));
            }
            assertThat(again).isEqualTo(batches.subList(2, 2 * HALF));
        }
    }

    private void write(MortalBroker broker, List<FrameBatch> batches) {
        try (PlatformWriter platform = new PlatformWriter(broker.kafka(), videoId)) {
            batches.forEach(platform::committed);
        }
    }
}
