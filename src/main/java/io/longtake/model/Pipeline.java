package io.longtake.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The stages that every segment of a video passes, and what each works on: the one description that director, worker, bare loop
 * and warm-up read. The last stage makes the frames that are published.
 *
 * @param stages in order
 */
public record Pipeline(List<PipelineStage> stages) {

    /** Pattern of names of stages and of outputs; a stage's is also part of a topic's name. */
    static final String STAGE_NAME = "[a-z][a-z0-9-]{0,31}";

    private static final int MAX_STAGES = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Pipeline {
        stages = List.copyOf(stages);
        Rule.between("number of stages of the pipeline", stages.size(), 1, MAX_STAGES);
        Set<String> names = new HashSet<>();
        for (PipelineStage stage : stages) {
            if (!names.add(stage.name())) {
                throw new ManifestException(
                        "the pipeline's stages need names of their own, found twice: " + stage.name());
            }
        }
        Set<String> sofar = new HashSet<>();
        for (PipelineStage stage : stages) {
            stage.inputs().forEach((role, source) -> {
                // What comes from the segment before may come from any stage of it.
                Set<String> there = role.isOfSegmentBefore() ? names : sofar;
                if (!there.contains(source.stage())) {
                    throw new ManifestException(String.format(
                            Locale.ROOT,
                            "pipeline, stage %s: %s must come from one of %s, found %s",
                            stage.name(),
                            role.wireName(),
                            new TreeSet<>(there),
                            source));
                }
            });
            sofar.add(stage.name());
        }
    }

    /** Names of the stages, in order. */
    public List<String> names() {
        return stages.stream().map(PipelineStage::name).toList();
    }

    /** The one whose frames are published. */
    public String last() {
        return stages.get(stages.size() - 1).name();
    }

    public Optional<PipelineStage> find(String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }

    /**
     * A stage by name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public PipelineStage stage(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no stage is named " + name + ": there are " + names()));
    }

    /** Names of the outputs of a stage that some stage works on, of the same segment or the next. */
    public SortedSet<String> outputs(String name) {
        SortedSet<String> used = new TreeSet<>();
        for (PipelineStage stage : stages) {
            for (InputSource source : stage.inputs().values()) {
                if (source.stage().equals(name)) {
                    used.add(source.output());
                }
            }
        }
        return used;
    }
}
