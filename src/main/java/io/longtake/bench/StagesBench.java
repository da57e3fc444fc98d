package io.longtake.bench;

import io.longtake.model.Device;
import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.StoredModel;
import io.longtake.stage.SegmentCalls;
import io.longtake.stage.SegmentCalls.SizedCalls;
import io.longtake.stage.StageTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * How long the networks of each stage take for a segment on this machine's processors, and all of them for a second of video: one call
 * at a time on all processors, one at a time on one, and as many at once as there are processors, each on one, which is how workers
 * call. Each round measures all of it once, so that what changes on the machine meanwhile hits all.
 *
 * @param stored the model
 * @param runs rounds that count, from 1 to 1000
 * @param atOnce calls at once, and threads of a call that is alone; from 1 to {@link Device#calls}
 */
public record StagesBench(StoredModel stored, int runs, int atOnce) implements Bench {

    private static final String ENGINE = "OnnxRuntime";

    public StagesBench {
        OptionLimit.between("runs", runs, 1, 1000);
        OptionLimit.between("at-once", atOnce, 1, Device.of(ENGINE).calls());
    }

    /** How calls are made, and what the figures of it are called. */
    private enum Way {
        ALL_THREADS("one-call-all-threads"),
        ONE_THREAD("one-call-one-thread"),
        AT_ONCE("calls-at-once");

        private final String label;

        Way(String label) {
            this.label = label;
        }
    }

    @Override
    public String name() {
        return "stages";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "model",
                stored.manifest().name() + " " + stored.manifest().version(),
                "engine",
                ENGINE,
                "runs",
                runs,
                "at-once",
                atOnce);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws Exception {
        Device device = Device.of(ENGINE);
        EngineOptions threads = graph -> Map.of(EngineOptions.THREADS, atOnce);
        ExecutorService callers = Executors.newFixedThreadPool(atOnce);
        try (LoadedModel wide = LoadedModel.open(stored, device, threads);
                LoadedModel narrow = LoadedModel.open(stored, device, EngineOptions.NONE)) {
            StageTimes times = new StageTimes(stored.manifest().pipeline().names(), segmentsASecond(stored.manifest()));
            List<Segment> segments = new ArrayList<>();
            for (String stage : times.stages()) {
                progress.accept("opening " + stage);
                segments.add(new Segment(stage, calls(wide, stage), calls(narrow, stage)));
            }
            for (int run = 1; run <= runs; run++) {
                progress.accept("round " + run + " of " + runs);
                for (Segment segment : segments) {
                    for (Way way : Way.values()) {
                        times.add(way.label, segment.stage(), segment.milliseconds(way, atOnce, callers));
                    }
                }
            }
            return Found.of(times.figures());
        } finally {
            callers.shutdownNow();
        }
    }

    private static double segmentsASecond(ModelManifest manifest) {
        return (double) manifest.video().fps() / manifest.segment().frames();
    }

    private static List<Call> calls(LoadedModel model, String stage) {
        List<Call> calls = new ArrayList<>();
        for (SizedCalls sized : new SegmentCalls(model.manifest()).of(stage)) {
            calls.add(new Call(StageTiming.warmCall(model, stage, sized.segments()), sized.times()));
        }
        return calls;
    }

    private record Call(Runnable call, int times) {}

    /** The calls of one stage for a segment. */
    private record Segment(String stage, List<Call> wide, List<Call> narrow) {

        /** Of a segment; of one of several that are made at once, its share of the time. */
        double milliseconds(Way way, int atOnce, ExecutorService callers) throws Exception {
            List<Call> calls = way == Way.ALL_THREADS ? wide : narrow;
            int together = way == Way.AT_ONCE ? atOnce : 1;
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < together; caller++) {
                running.add(callers.submit(() -> run(calls)));
            }
            for (Future<?> one : running) {
                await(one);
            }
            return (System.nanoTime() - start) / 1e6 / together;
        }

        private static void run(List<Call> calls) {
            for (Call call : calls) {
                for (int i = 0; i < call.times(); i++) {
                    call.call().run();
                }
            }
        }

        private static void await(Future<?> running) throws Exception {
            try {
                running.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failed ? failed : e;
            }
        }
    }
}
