package io.longtake.platform;

import io.longtake.event.PromptEvent;
import io.longtake.event.QueueSetting;
import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.worker.Models;
import io.longtake.worker.OpenModels;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a process brings to a platform.
 *
 * @param models that its worker runs, and videos can be ordered of
 * @param engine DJL engine that runs the models: {@code OnnxRuntime}, or {@code auto}
 * @param stages that its worker takes; if there are none, it has no worker
 * @param firstModel the worker is ready for it before the first task
 * @param part in a platform that others run, too
 * @param meters where its roles count
 * @param queue which kind of queue tasks go through
 * @param applications that it runs, as its part says
 */
public record PlatformSettings(
        ModelRepository models,
        String engine,
        Set<String> stages,
        String firstModel,
        Part part,
        MeterRegistry meters,
        QueueSetting queue,
        Set<Application> applications) {

    /** Of prompt events that name none. */
    private static final String DEFAULT_MODEL =
            PromptEvent.getClassSchema().getField("model").defaultVal().toString();

    /** The Streams applications of a platform. */
    public enum Application {
        DIRECTOR,
        STITCHER
    }

    /** How a process takes part in a platform that others run, too. */
    public enum Part {
        /** Its director and stitcher share the work with those of others, and take all of it over if those end. */
        MEMBER,
        /** It plays only roles that nobody else plays, now or later. */
        SUBSTITUTE
    }

    public PlatformSettings {
        stages = Set.copyOf(stages);
        applications = Set.copyOf(applications);
    }

    /** All stages, for the default model, as a member; what is counted is told to nobody. */
    public static PlatformSettings of(ModelRepository models, String engine) {
        return new PlatformSettings(
                models,
                engine,
                models.stages(),
                DEFAULT_MODEL,
                Part.MEMBER,
                new CompositeMeterRegistry(),
                QueueSetting.configured(),
                EnumSet.allOf(Application.class));
    }

    /** Those for a worker of some stages that takes so many tasks at once. The worker closes them. */
    Models models(Set<String> some, int batch) {
        return new OpenModels(models, engine, some, firstModel, batch, part == Part.MEMBER);
    }

    /**
     * Calls that a worker has under way: those that its device computes, and one whose inputs come or whose frames leave meanwhile.
     * {@code longtake.worker.slots} says otherwise.
     *
     * @throws IllegalArgumentException if that is no number from 1 to {@link WorkerSettings#MAX_SLOTS}
     */
    public int slots() {
        String asked = System.getProperty(WorkerSettings.SLOTS_PROPERTY, "").strip();
        return asked.isEmpty() ? Device.of(engine).calls() + 1 : WorkerSettings.slots(asked);
    }

    public PlatformSettings stages(Set<String> some) {
        return new PlatformSettings(models, engine, some, firstModel, part, meters, queue, applications);
    }

    public PlatformSettings firstModel(String model) {
        return new PlatformSettings(models, engine, stages, model, part, meters, queue, applications);
    }

    public PlatformSettings part(Part other) {
        return new PlatformSettings(models, engine, stages, firstModel, other, meters, queue, applications);
    }

    public PlatformSettings meters(MeterRegistry registry) {
        return new PlatformSettings(models, engine, stages, firstModel, part, registry, queue, applications);
    }

    public PlatformSettings queue(QueueSetting other) {
        return new PlatformSettings(models, engine, stages, firstModel, part, meters, other, applications);
    }

    public PlatformSettings applications(Set<Application> some) {
        return new PlatformSettings(models, engine, stages, firstModel, part, meters, queue, some);
    }
}
