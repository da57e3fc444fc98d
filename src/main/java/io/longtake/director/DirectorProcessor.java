package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.CarriedHeaders;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.DeleteEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Outgoing;
import io.longtake.event.OversizedRecordException;
import io.longtake.event.ParkedRecords;
import io.longtake.event.Partitioning;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.PromptEvent;
import io.longtake.event.RecordDecoder;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Shortened;
import io.longtake.event.StageResult;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoId;
import io.longtake.meter.OddRecords;
import io.longtake.model.VideoPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds what happens to a video into its state, and sends what the state decides. A bad record hurts only itself: first
 * everything is decided, then it is done ({@link Effects}), and whatever a record says can only spoil the first half. Only Kafka's
 * own faults end this, for the next one to try again.
 */
final class DirectorProcessor implements Processor<String, byte[], String, Outgoing> {

    private static final Logger LOG = LoggerFactory.getLogger(DirectorProcessor.class);

    private static final Duration LOOK = Duration.ofMinutes(1);

    /** How often videos ask whether those who watch them are still there. */
    private static final Duration COUNT = Duration.ofSeconds(5);

    private final Catalogue catalogue;
    private final Lead lead;
    private final StateCodec codec;
    private final RecordDecoder decoder;
    private final IntConsumer begun;
    private final OddRecords odd;
    private final TaskPlacement placement;
    private final Schedule schedule;
    private final OwedVideo.Share owed;
    private final Partitioning partitions;
    private ProcessorContext<String, Outgoing> context;
    private VideoStates videos;

    DirectorProcessor(
            Catalogue catalogue,
            Lead lead,
            Partitioning partitions,
            Supplier<Workers> workers,
            OddRecords odd,
            RecordDecoder decoder,
            IntConsumer begun,
            TaskPlacement placement,
            OwedVideo.Share owed) {
        this.catalogue = catalogue;
        this.lead = lead;
        this.partitions = partitions;
        this.schedule = new Schedule(workers);
        this.odd = odd;
        this.decoder = decoder;
        this.begun = begun;
        this.placement = placement;
        this.owed = owed;
        this.codec = new StateCodec(catalogue, lead);
    }

    @Override
    public void init(ProcessorContext<String, Outgoing> context) {
        this.context = context;
        this.videos = new VideoStates(context.getStateStore(DirectorTopology.STORE), codec, schedule, owed);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::remind);
        context.schedule(COUNT, PunctuationType.WALL_CLOCK_TIME, this::count);
        begun.accept(context.taskId().partition());
    }

    @Override
    public void close() {
        placement.leave(context.taskId().partition());
        owed.close();
    }

    private void remind(long now) {
        recall(now);
        for (TaskName task : videos.overdue(now)) {
            later(task.videoId(), now, state -> {
                Decision decision = state.overdue(task.stage(), task.segment(), Instant.ofEpochMilli(now));
                if (decision.next() != state) {
                    LOG.warn(
                            "{} is overdue; its video is {}",
                            task,
                            decision.next().status());
                }
                return decision;
            });
        }
        send(now);
    }

    private void count(long now) {
        recall(now);
        for (String videoId : videos.watched()) {
            later(videoId, now, state -> state.later(Instant.ofEpochMilli(now)));
        }
        send(now);
    }

    /** What there is a place for. */
    private void send(long now) {
        for (Optional<Schedule.Next> next = schedule.next(); next.isPresent(); next = schedule.next()) {
            TaskName task = next.get().task();
            if (!later(task.videoId(), now, next.get().cause(), state -> state.send(task))) {
                schedule.forget(task.videoId());
            }
        }
    }

    /** Videos of another director that cannot go on end here, instead of waiting for ever. */
    private void recall(long now) {
        videos.recall(now)
                .forEach((videoId, reason) -> perform(abandoning(videoId, reason, now), now, CarriedHeaders.NONE));
    }

    private void later(String videoId, long now, Step step) {
        later(videoId, now, CarriedHeaders.NONE, step);
    }

    /**
     * Time passes for a video. One that cannot bear it ends, and the others do not hear of it.
     *
     * @return whether anything came of it
     */
    private boolean later(String videoId, long now, CarriedHeaders cause, Step step) {
        Effects effects;
        try {
            effects = videos.knows(videoId) ? following(videoId, step) : Effects.NOTHING;
        } catch (KafkaException e) {
            throw e;
        } catch (NewerRecordException e) {
            effects = Effects.NOTHING;
        } catch (StrandedVideoException e) {
            effects = abandoning(videoId, e.getMessage(), now);
        } catch (RuntimeException e) {
            LOG.error("{} cannot go on", videoId, e);
            effects = abandoning(videoId, e.toString(), now);
        }
        perform(effects, now, cause);
        return effects.change().isPresent();
    }

    @Override
    public void process(Record<String, byte[]> record) {
        recall(context.currentSystemTimeMs());
        if (isElsewhere(record)) {
            Outgoing home = Outgoing.home(Topic.PROMPTS, partitions, record.key(), record.value(), record.headers());
            perform(Effects.NOTHING.with(home), record.timestamp(), CarriedHeaders.NONE);
            return;
        }
        Effects effects;
        try {
            effects = directing(record, decoder.decode(record.value()));
        } catch (KafkaException e) {
            throw e;
        } catch (NewerRecordException e) {
            effects = parking(record, e);
        } catch (UnreadableRecordException | RejectedEventException | OversizedRecordException e) {
            effects = Effects.NOTHING.with(letter(record, e.getMessage()));
        } catch (StrandedVideoException e) {
            effects =
                    abandoning(record.key(), e.getMessage(), record.timestamp()).with(letter(record, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a record that no check foresaw", e);
            effects = Effects.NOTHING.with(letter(record, e.toString()));
        }
        perform(effects, record.timestamp(), CarriedHeaders.of(record.headers()));
        send(record.timestamp());
    }

    /**
     * Whether it is for another director: who sends prompts and cancels with librdkafka puts them where that thinks that they belong.
     * What comes of it, and what is sent about the same video in another language, meets in the video's home partition.
     */
    private boolean isElsewhere(Record<String, byte[]> record) {
        return record.key() != null
                && context.recordMetadata()
                        .filter(lay -> lay.topic().equals(Topic.PROMPTS.topicName()))
                        .filter(lay -> lay.partition() != partitions.home(record.key()))
                        .isPresent();
    }

    /** It, or what is stored of its video, is of a later version: whoever knows that version gets it, this one goes on. */
    private Effects parking(Record<String, byte[]> record, NewerRecordException newer) {
        DeadLetters.Place place = place();
        try {
            Effects parking = Effects.parking(ParkedRecords.of(
                    DirectorTopology.READER,
                    place,
                    record.key(),
                    record.value(),
                    record.headers(),
                    at(record),
                    newer.fingerprint()));
            odd.parked(place.topic(), place.partition(), place.offset(), newer.fingerprint());
            return parking;
        } catch (OversizedRecordException e) {
            return Effects.NOTHING.with(
                    letter(record, newer.getMessage() + "; too large to be parked: " + e.getMessage()));
        }
    }

    private Effects directing(Record<String, byte[]> record, SpecificRecordBase event) {
        Instant at = at(record);
        if (event instanceof PromptEvent prompt) {
            requireKey(record, prompt.getVideoId());
            return videos.knows(prompt.getVideoId()) ? Effects.NOTHING : admitting(record, prompt);
        } else if (event instanceof CancelEvent cancel) {
            return following(record, cancel.getVideoId(), true, state -> state.on(cancel, at));
        } else if (event instanceof DeleteEvent deletion) {
            CancelEvent cancel = new CancelEvent(deletion.getVideoId(), "deleted");
            return following(record, deletion.getVideoId(), false, state -> state.on(cancel, at));
        } else if (event instanceof ExtendEvent extend) {
            return following(record, extend.getVideoId(), true, state -> state.on(extend, at));
        } else if (event instanceof PlayheadEvent playhead) {
            return watching(record, playhead);
        } else if (event instanceof StageResult result) {
            StageResult checked = ResultCheck.check(result);
            schedule.takes(checked.getTakes());
            placement.took(checked);
            return following(record, result.getVideoId(), false, state -> state.on(checked, at));
        } else if (event instanceof SegmentStitched stitched) {
            return following(record, stitched.getVideoId(), false, state -> state.on(stitched, at));
        } else {
            throw new UnreadableRecordException(
                    event.getSchema().getName() + " does not belong on this topic: expected a prompt, cancel, delete,"
                            + " extend or playhead event, or a stage's or the stitcher's result");
        }
    }

    private Effects admitting(Record<String, byte[]> record, PromptEvent prompt) {
        if (!VideoId.isOne(prompt.getVideoId())) {
            throw new RejectedEventException("video_id is not a UUID in its canonical form");
        }
        Catalogue.Entry model = catalogue.find(prompt.getModel()).orElse(null);
        String problem = model == null
                ? String.format(
                        Locale.ROOT,
                        "model %s is unknown: expected one of %s",
                        shown(prompt.getModel()),
                        catalogue.names())
                : Admission.check(prompt, model.manifest()).stream()
                        .map(Admission.Violation::toString)
                        .collect(Collectors.joining("; "));
        if (!problem.isEmpty()) {
            return Effects.telling(Announcement.refused(prompt.getVideoId(), problem, at(record)))
                    .with(letter(record, problem));
        }
        VideoPlan plan = VideoPlan.of(model.manifest(), prompt.getSeconds());
        LOG.info(
                "{}: {} frames in {} segments, {} scenes",
                prompt.getVideoId(),
                plan.totalFrames(),
                plan.segments(),
                prompt.getScenes().size());
        Order order = new Order(prompt, model.manifest(), model.digest(), plan);
        return Effects.of(record.key(), Running.start(order, lead, at(record)), codec);
    }

    private Effects watching(Record<String, byte[]> record, PlayheadEvent playhead) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        try {
            return following(record, playhead.getVideoId(), false, state -> state.on(playhead, now));
        } catch (NewerRecordException e) {
            return Effects.NOTHING; // of a video of a later version: not worth parking, the next news say more
        }
    }

    private interface Step {
        Decision of(VideoState state);
    }

    /** Events of people about unknown videos are told back; late results of forgotten videos are not. */
    private Effects following(Record<String, byte[]> record, String videoId, boolean byPeople, Step step) {
        requireKey(record, videoId);
        if (videos.knows(videoId)) {
            return following(videoId, step);
        }
        if (byPeople) {
            throw new RejectedEventException("video_id " + shown(videoId) + " is unknown");
        }
        return Effects.NOTHING;
    }

    private Effects following(String videoId, Step step) {
        VideoState before = videos.state(videoId);
        Decision decision = step.of(before);
        return decision.next() == before ? Effects.NOTHING : Effects.of(videoId, decision, codec);
    }

    /** Ends a running video that cannot go on, whatever its state says. */
    private Effects abandoning(String videoId, String reason, long time) {
        if (!videos.isOpen(videoId)) {
            return Effects.NOTHING;
        }
        LOG.warn("{} cannot go on: {}", videoId, reason);
        return Effects.ending(
                videoId, videos.failed(videoId), Announcement.refused(videoId, reason, Instant.ofEpochMilli(time)));
    }

    /** @param cause none if time has passed: no record is in hand then, and a video's state does not keep its prompt's headers */
    private void perform(Effects effects, long time, CarriedHeaders cause) {
        effects.change().ifPresent(change -> {
            videos.apply(change, context.currentSystemTimeMs(), cause);
            placement.follow(context.taskId().partition(), change.videoId(), change.state());
        });
        for (Outgoing sent : effects.sent()) {
            Outgoing record = sent.causedBy(cause);
            context.forward(new Record<>(record.key(), record, time, record.headers()), DirectorTopology.sink(record));
        }
    }

    private DeadLetter letter(Record<String, byte[]> record, String reason) {
        DeadLetters.Place place = place();
        odd.buried(place.topic(), place.partition(), place.offset(), reason);
        return DeadLetters.of(place, record.key(), record.value(), at(record), reason);
    }

    private DeadLetters.Place place() {
        return context.recordMetadata()
                .map(lay -> new DeadLetters.Place(lay.topic(), lay.partition(), lay.offset()))
                .orElse(DeadLetters.Place.NOWHERE);
    }

    private static void requireKey(Record<String, byte[]> record, String videoId) {
        if (!videoId.equals(record.key())) {
            throw new RejectedEventException(
                    String.format(Locale.ROOT, "key %s differs from video_id %s", shown(record.key()), shown(videoId)));
        }
    }

    private static String shown(String text) {
        return text == null || text.length() <= 60 ? text : Shortened.text(text, 60) + "…";
    }

    private static Instant at(Record<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
