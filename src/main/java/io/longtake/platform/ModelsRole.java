package io.longtake.platform;

import io.longtake.director.Catalogue;
import io.longtake.event.KafkaConnection;
import io.longtake.event.LastingFault;
import io.longtake.event.Reason;
import io.longtake.meter.OddRecords;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a platform of the models that this process runs, and follows what others tell. A Kafka that is away is asked again; one
 * that refuses is not, and then this process knows the models on its disk: no reason to end.
 */
final class ModelsRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsRole.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Whoever asks for a model waits this long for the first reading to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConnection kafka;
    private final PlatformSettings settings;
    private final boolean follows;
    private final PublishedModels published;
    private final Catalogue catalogue;
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "longtake-models");

    /** @param follows whether somebody here asks for models; if not, it is done when its own are published */
    private ModelsRole(KafkaConnection kafka, PlatformSettings settings, boolean follows) {
        this.kafka = kafka;
        this.settings = settings;
        this.follows = follows;
        this.published = new PublishedModels(new OddRecords("catalogue", settings.meters()));
        this.catalogue = new PlatformModels(this::known, new InstalledModels(settings.models()), runsModels());
        thread.setDaemon(true);
    }

    /** Publishes, and follows what others publish. */
    static ModelsRole following(KafkaConnection kafka, PlatformSettings settings) {
        return new ModelsRole(kafka, settings, true).start();
    }

    /** Only publishes. */
    static ModelsRole publishing(KafkaConnection kafka, PlatformSettings settings) {
        return new ModelsRole(kafka, settings, false).start();
    }

    private ModelsRole start() {
        thread.start();
        return this;
    }

    private boolean runsModels() {
        return !settings.stages().isEmpty();
    }

    /** The models of the platform; whoever asks first may wait until they are read. */
    Catalogue catalogue() {
        return catalogue;
    }

    private PublishedModels known() {
        try {
            if (!read.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the models of this platform are not read yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return published;
    }

    private void work() {
        try {
            while (!isClosing()) {
                try (ModelsReader opened = new ModelsReader(kafka, published)) {
                    follow(opened);
                    return;
                } catch (InterruptException closed) {
                    return;
                } catch (KafkaException e) {
                    if (LastingFault.isIn(e)) {
                        LOG.warn("the models of this platform are those on this disk: {}", Reason.ofFirstCause(e));
                        return;
                    }
                    LOG.warn("cannot tell or hear of models, trying again: {}", e.toString());
                    rest();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("models are no longer told or heard of", e);
        } finally {
            read.countDown();
            told.countDown();
        }
    }

    private void follow(ModelsReader opened) {
        opened.catchUp();
        read.countDown();
        if (runsModels()) {
            publish();
        }
        if (!follows) {
            return; // it is told once this has ended
        }
        told.countDown();
        while (!isClosing()) {
            opened.readOn();
        }
    }

    /** Whoever may not tell may still hear. */
    private void publish() {
        try {
            new ModelsPublisher(kafka, settings.models()).publish(published);
        } catch (KafkaException e) {
            if (!LastingFault.isIn(e)) {
                throw e;
            }
            LOG.warn("the platform cannot be told of the models of this process: {}", Reason.ofFirstCause(e));
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void rest() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    @Override
    public String name() {
        return "models";
    }

    /** Whether others know what this process runs. */
    @Override
    public boolean ready() {
        return told.getCount() == 0;
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
