package io.longtake.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.api.ProblemDocument.Fault;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An answer that is no: a problem document of RFC 9457, naming what is wrong with which field. */
public final class Problem extends RuntimeException {

    static final MediaType TYPE = new MediaType("application", "problem+json");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient int status;
    private final transient String title;
    private final transient List<Fault> faults;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private Problem(int status, String title, String detail, List<Fault> faults) {
        super(detail);
        this.status = status;
        this.title = title;
        this.faults = List.copyOf(faults);
    }

    static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of());
    }

    /** 400, for one field. */
    static Problem field(String field, Object value, String detail) {
        return fields(List.of(new Fault(field, String.valueOf(value), detail)));
    }

    /** 400, for all fields at once. */
    static Problem fields(List<Fault> faults) {
        List<String> sentences = faults.stream()
                .map(fault -> fault.field() + " " + fault.detail())
                .toList();
        return new Problem(400, "invalid request", String.join("; ", sentences), faults);
    }

    static Problem unknownVideo(String videoId) {
        return unknownVideo("video_id", videoId);
    }

    /** @param field that names a video */
    static Problem unknownVideo(String field, String videoId) {
        return new Problem(
                404,
                "unknown video",
                "there is no video " + Fault.shown(videoId),
                List.of(new Fault(field, videoId, "is not the id of a video that is here")));
    }

    Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    ProblemDocument document() {
        return ProblemDocument.of(status, title, getMessage(), faults);
    }

    Response response() {
        return builder().type(TYPE).entity(document()).build();
    }

    /** @param request what is answered: a page to a browser, a document to all others */
    Response response(HttpHeaders request) {
        return ProblemPage.isWanted(request) ? ProblemPage.of(builder(), document(), prefix(request)) : response();
    }

    private Response.ResponseBuilder builder() {
        Response.ResponseBuilder response = Response.status(status);
        headers.forEach(response::header);
        return response;
    }

    /** A wrong one is what this answer is about. */
    private static PathPrefix prefix(HttpHeaders request) {
        try {
            return PathPrefix.of(request.getHeaderString(PathPrefix.HEADER));
        } catch (Problem wrong) {
            return PathPrefix.NONE;
        }
    }

    /** Where no resource has the answer. */
    void answer(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", TYPE.toString());
        headers.forEach(response::putHeader);
        try {
            response.end(JSON.writeValueAsString(document()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
