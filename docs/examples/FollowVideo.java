import io.longtake.client.Cursor;
import io.longtake.client.DecodedBatch;
import io.longtake.client.Delivery;
import io.longtake.client.Fragment;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Position;
import io.longtake.client.Prompt;
import io.longtake.client.Video;
import io.longtake.event.VideoEvent;
import io.longtake.payload.FrameBatch;
import io.longtake.tensor.Frames;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Orders a video and follows it in every way that the Java client has. Run this one file as it is:
 *
 * <pre>java -cp 'longtake-client.jar:kafka-clients.jar:…' FollowVideo.java localhost:9092 "a drive at night" video.mp4</pre>
 */
public final class FollowVideo {

    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: FollowVideo HOST:PORT PROMPT FILE");
            System.exit(2);
        }
        try (LongtakeClient longtake = LongtakeClient.create(args[0])) {
            Video video = longtake.send(Prompt.of(args[1]).seconds(2).seed(7));
            System.out.println("video " + video.id());

            // Pushed: the events of the video, from a separate thread.
            News news = new News();
            video.events().subscribe(news);

            // Pulled: encoded frames while they are made; the loop waits for the next second of video.
            Position kept = null;
            try (Cursor<FrameBatch> frames = video.frames().open()) {
                for (Delivery<FrameBatch> delivery : frames) {
                    FrameBatch batch = delivery.item();
                    System.out.println("frames from " + batch.firstFrame() + ": " + batch.encoded());
                    if (kept == null) {
                        kept = Position.parse(delivery.position().toString()); // as from a file, after a crash
                    }
                }
            }

            // Resumed from a saved position, as pixels: 8-bit RGB, (count, height, width, 3).
            try (Cursor<DecodedBatch> pictures = video.decodedFrames().from(kept).open()) {
                for (Delivery<DecodedBatch> delivery : pictures) {
                    Frames pixels = delivery.item().frames();
                    System.out.println("pixels of segment " + delivery.item().segment() + ": " + pixels
                            + ", mean brightness " + mean(pixels.rgb()));
                }
            }

            // The video's file.
            try (Cursor<Fragment> fragments = video.file().open();
                    OutputStream out = Files.newOutputStream(Path.of(args[2]))) {
                for (Delivery<Fragment> delivery : fragments) {
                    out.write(delivery.item().bytes());
                }
            }
            System.out.println("written " + Files.size(Path.of(args[2])) + " bytes");
            System.out.println("end " + news.end.get());
        }
    }

    /** Asks for one event at a time. */
    private static final class News implements Flow.Subscriber<Delivery<VideoEvent>> {

        final CompletableFuture<String> end = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private String last;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscription.request(1);
        }

        @Override
        public void onNext(Delivery<VideoEvent> delivery) {
            last = delivery.item().getKind() + " after " + delivery.item().getFrames() + " frames";
            System.out.println("event " + last);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable fault) {
            end.completeExceptionally(fault);
        }

        @Override
        public void onComplete() {
            end.complete(last);
        }
    }

    private static int mean(byte[] bytes) {
        long sum = 0;
        for (byte value : bytes) {
            sum += value & 0xFF;
        }
        return Math.toIntExact(sum / bytes.length);
    }
}
