package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.DeleteEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.PromptEvent;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.Wire;
import io.longtake.model.FilmPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds what happens to a film into its state, and sends what the state decides. A bad record hurts only itself. */
final class DirectorProcessor implements Processor<String, byte[], String, SpecificRecordBase> {

    private static final Logger LOG = LoggerFactory.getLogger(DirectorProcessor.class);

    private static final Duration LOOK = Duration.ofMinutes(1);

    /** How often films ask whether those who watch them are still there. */
    private static final Duration COUNT = Duration.ofSeconds(5);

    private final Catalogue catalogue;
    private final Lead lead;
    private ProcessorContext<String, SpecificRecordBase> context;
    private Films films;

    DirectorProcessor(Catalogue catalogue, Lead lead) {
        this.catalogue = catalogue;
        this.lead = lead;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecordBase> context) {
        this.context = context;
        this.films = new Films(context.getStateStore(DirectorTopology.STORE), new StateCodec(catalogue, lead));
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::remind);
        context.schedule(COUNT, PunctuationType.WALL_CLOCK_TIME, this::count);
    }

    private void remind(long now) {
        recall(now);
        for (Deadlines.Task task : films.overdue(now)) {
            later(task.videoId(), now, state -> {
                Decision decision = state.overdue(task.stage(), task.segment(), Instant.ofEpochMilli(now));
                if (decision.next() != state) {
                    LOG.warn(
                            "{} is overdue; its film is {}",
                            task,
                            decision.next().status());
                }
                return decision;
            });
        }
    }

    private void count(long now) {
        recall(now);
        for (String videoId : films.watched()) {
            later(videoId, now, state -> state.later(Instant.ofEpochMilli(now)));
        }
    }

    /** Films of another director that cannot go on end here, instead of waiting for ever. */
    private void recall(long now) {
        films.recall(now).forEach((videoId, reason) -> abandon(videoId, reason, now));
    }

    /** Time passes for a film. */
    private void later(String videoId, long now, Step step) {
        try {
            if (films.knows(videoId)) {
                take(videoId, now, step);
            }
        } catch (UnreadableRecordException | ModelChangedException e) {
            abandon(videoId, e.getMessage(), now);
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        try {
            SpecificRecordBase event = Wire.decode(record.value());
            direct(record, event);
        } catch (UnreadableRecordException | RejectedEventException e) {
            bury(record, e.getMessage());
        } catch (ModelChangedException e) {
            abandon(record.key(), e.getMessage(), record.timestamp());
            bury(record, e.getMessage());
        }
    }

    private void direct(Record<String, byte[]> record, SpecificRecordBase event) {
        Instant at = at(record);
        if (event instanceof PromptEvent prompt) {
            requireKey(record, prompt.getVideoId());
            if (!films.knows(prompt.getVideoId())) {
                admit(record, prompt);
            }
        } else if (event instanceof CancelEvent cancel) {
            follow(record, cancel.getVideoId(), true, state -> state.on(cancel, at));
        } else if (event instanceof DeleteEvent deletion) {
            CancelEvent cancel = new CancelEvent(deletion.getVideoId(), "deleted");
            follow(record, deletion.getVideoId(), false, state -> state.on(cancel, at));
        } else if (event instanceof ExtendEvent extend) {
            follow(record, extend.getVideoId(), true, state -> state.on(extend, at));
        } else if (event instanceof PlayheadEvent playhead) {
            Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
            follow(record, playhead.getVideoId(), false, state -> state.on(playhead, now));
        } else if (event instanceof StageResult result) {
            follow(record, result.getVideoId(), false, state -> state.on(result, at));
        } else if (event instanceof SegmentStitched stitched) {
            follow(record, stitched.getVideoId(), false, state -> state.on(stitched, at));
        } else {
            throw new UnreadableRecordException(
                    event.getSchema().getName() + " does not belong on this topic: expected a prompt, cancel, delete,"
                            + " extend or playhead event, or a stage's or the stitcher's result");
        }
    }

    private void admit(Record<String, byte[]> record, PromptEvent prompt) {
        if (!Admission.isVideoId(prompt.getVideoId())) {
            throw new RejectedEventException("video_id is not a UUID in its canonical form");
        }
        Catalogue.Entry model = catalogue.find(prompt.getModel()).orElse(null);
        String problem = model == null
                ? "model %s is unknown: expected one of %s".formatted(shown(prompt.getModel()), catalogue.names())
                : Admission.check(prompt, model.manifest()).stream()
                        .map(Admission.Violation::toString)
                        .collect(Collectors.joining("; "));
        if (!problem.isEmpty()) {
            send(Announcement.refused(prompt.getVideoId(), problem, at(record)), record.timestamp());
            bury(record, problem);
            return;
        }
        FilmPlan plan = FilmPlan.of(model.manifest(), prompt.getSeconds());
        LOG.info(
                "{}: {} frames in {} segments, seed {}",
                prompt.getVideoId(),
                plan.totalFrames(),
                plan.segments(),
                prompt.getSeed());
        Order order = new Order(prompt, model.manifest(), model.digest(), plan);
        act(record.key(), record.timestamp(), Running.start(order, lead, at(record)));
    }

    private interface Step {
        Decision of(VideoState state);
    }

    /** Events of people about unknown films are told back; late results of forgotten films are not. */
    private void follow(Record<String, byte[]> record, String videoId, boolean byPeople, Step step) {
        requireKey(record, videoId);
        if (films.knows(videoId)) {
            take(videoId, record.timestamp(), step);
        } else if (byPeople) {
            throw new RejectedEventException("video_id " + shown(videoId) + " is unknown");
        }
    }

    private void take(String videoId, long time, Step step) {
        VideoState before = films.state(videoId);
        Decision decision = step.of(before);
        if (decision.next() != before) {
            act(videoId, time, decision);
        }
    }

    /** Ends a running film that cannot go on, whatever its state says. */
    private void abandon(String videoId, String reason, long time) {
        if (films.drop(videoId)) {
            LOG.warn("{} cannot go on: {}", videoId, reason);
            send(Announcement.refused(videoId, reason, Instant.ofEpochMilli(time)), time);
        }
    }

    private void act(String videoId, long time, Decision decision) {
        films.put(videoId, decision.next(), context.currentSystemTimeMs());
        for (StageTask task : decision.tasks()) {
            context.forward(new Record<>(videoId, task, time), DirectorTopology.TASKS);
        }
        decision.events().forEach(event -> send(event, time));
    }

    private void send(VideoEvent event, long time) {
        context.forward(new Record<>(event.getVideoId(), event, time), DirectorTopology.VIDEOS);
    }

    private void bury(Record<String, byte[]> record, String reason) {
        LOG.warn("dead letter: {}", reason);
        DeadLetters.Place place = context.recordMetadata()
                .map(lay -> new DeadLetters.Place(lay.topic(), lay.partition(), lay.offset()))
                .orElse(DeadLetters.Place.NOWHERE);
        DeadLetter letter = DeadLetters.of(place, record.key(), record.value(), at(record), reason);
        context.forward(new Record<>(record.key(), letter, record.timestamp()), DirectorTopology.DEAD_LETTERS);
    }

    private static void requireKey(Record<String, byte[]> record, String videoId) {
        if (!videoId.equals(record.key())) {
            throw new RejectedEventException(
                    "key %s differs from video_id %s".formatted(shown(record.key()), shown(videoId)));
        }
    }

    private static String shown(String text) {
        return text == null || text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static Instant at(Record<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
