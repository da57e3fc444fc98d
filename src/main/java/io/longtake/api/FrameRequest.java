package io.longtake.api;

import io.longtake.api.ProblemDocument.Fault;
import io.longtake.library.LibraryVideo;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a viewer asks for, in the address of its connection.
 *
 * @param demand batches that it wants for now
 */
record FrameRequest(String videoId, FrameStart start, Demand demand) {

    private static final String START = "start";
    private static final String FROM_FRAME = "from_frame";
    private static final String AFTER = "after";
    private static final String REQUEST = "request";

    /** @throws Problem 400 naming each parameter that is wrong */
    static FrameRequest of(LibraryVideo video, MultiMap parameters) {
        List<Fault> faults = new ArrayList<>();
        for (String name : List.of(START, FROM_FRAME, AFTER, REQUEST)) {
            int times = parameters.getAll(name).size();
            if (times > 1) {
                faults.add(new Fault(name, parameters.get(name), "is given " + times + " times"));
            }
        }
        List<String> begins =
                Stream.of(START, FROM_FRAME, AFTER).filter(parameters::contains).toList();
        if (begins.size() > 1) {
            faults.add(new Fault(begins.get(1), parameters.get(begins.get(1)), "cannot stand beside " + begins.get(0)));
        }
        if (!faults.isEmpty()) {
            throw Problem.fields(faults);
        }
        String demand = parameters.get(REQUEST);
        return new FrameRequest(
                video.id(),
                start(video, parameters),
                demand == null ? Demand.UNBOUNDED : new Demand(Numbers.whole(REQUEST, demand)));
    }

    private static FrameStart start(LibraryVideo video, MultiMap parameters) {
        if (parameters.contains(FROM_FRAME)) {
            return from(video, parameters.get(FROM_FRAME));
        }
        if (parameters.contains(AFTER)) {
            return after(video, parameters.get(AFTER));
        }
        String start = parameters.contains(START) ? parameters.get(START) : "0";
        return switch (start) {
            case "0" -> FrameStart.Frame.FIRST;
                // as players of HLS do: what is over has no edge
            case "live" -> video.over() ? FrameStart.Frame.FIRST : new FrameStart.Edge();
            default -> throw Problem.field(START, start, "must be 0 or live");
        };
    }

    private static FrameStart from(LibraryVideo video, String text) {
        int frame = Numbers.whole(FROM_FRAME, text);
        long end = video.over() ? video.fragments().frames() : video.history().totalFrames();
        if ((video.over() || end > 0) && frame > end) {
            throw Problem.field(FROM_FRAME, text, "is behind the video's end; it has " + end + " frames");
        }
        return new FrameStart.Frame(frame);
    }

    private static FrameStart after(LibraryVideo video, String text) {
        int segment = Numbers.whole(AFTER, text);
        int segments = video.fragments().segments().size();
        if (video.over() && segment >= Math.max(1, segments)) {
            throw Problem.field(AFTER, text, "is behind the video's end; it has " + segments + " segments");
        }
        return new FrameStart.After(segment);
    }
}
