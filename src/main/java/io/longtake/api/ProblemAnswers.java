package io.longtake.api;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong leaves as a problem document, or as a page if a browser asks for one. */
public final class ProblemAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);

    @ServerExceptionMapper
    public Response ours(Problem problem, HttpHeaders request) {
        return problem.response(request);
    }

    @ServerExceptionMapper
    public Response unknownAddress(NotFoundException e, HttpHeaders request) {
        return Problem.of(404, "unknown address", "there is nothing at this address; see /q/swagger-ui/")
                .response(request);
    }

    /** What the framework refuses: methods, media types, broken forms. */
    @ServerExceptionMapper
    public Response frameworks(WebApplicationException e, UriInfo address, HttpHeaders request) {
        Response refused = e.getResponse();
        if (refused.getStatus() < 400) {
            return refused;
        }
        Response.StatusType status = refused.getStatusInfo();
        String title = status.getReasonPhrase().toLowerCase(Locale.ROOT);
        if (status.getStatusCode() == 405) {
            String methods = Methods.of(address.getPath());
            return Problem.of(405, title, "this address takes " + methods)
                    .header(HttpHeaders.ALLOW, methods)
                    .response(request);
        }
        return Problem.of(status.getStatusCode(), title, detail(refused, e)).response(request);
    }

    @ServerExceptionMapper
    public Response kafka(KafkaException e, HttpHeaders request) {
        LOG.error("Kafka does not take what it is given", e);
        return tryAgain("no Kafka", "Kafka does not answer; try again", request);
    }

    @ServerExceptionMapper
    public Response store(UncheckedIOException e, HttpHeaders request) {
        LOG.error("the videos cannot be reached", e);
        return tryAgain("no videos", "where the videos lie does not answer as it should; try again", request);
    }

    @ServerExceptionMapper
    public Response brokenForm(IOException e, HttpHeaders request) {
        return fault(e, request);
    }

    @ServerExceptionMapper
    public Response ourFault(RuntimeException e, HttpHeaders request) {
        return fault(e, request);
    }

    private static Response fault(Exception e, HttpHeaders request) {
        if (isOfForm(e)) {
            return Problem.of(400, "invalid form", "the body is not multipart/form-data as its Content-Type says")
                    .response(request);
        }
        LOG.error("a request failed", e);
        return Problem.of(500, "internal error", "the request failed here; the log says why")
                .response(request);
    }

    /** What the framework's reader of forms throws has nothing else in common. */
    private static boolean isOfForm(Exception e) {
        String reader = MultipartParser.class.getPackageName();
        return Arrays.stream(e.getStackTrace()).anyMatch(at -> at.getClassName().startsWith(reader));
    }

    private static Response tryAgain(String title, String detail, HttpHeaders request) {
        return Problem.of(503, title, detail)
                .header(HttpHeaders.RETRY_AFTER, "5")
                .response(request);
    }

    private static String detail(Response refused, WebApplicationException e) {
        return switch (refused.getStatus()) {
            case 406 -> "this address has no answer of the media types that Accept names";
            case 413 -> BodyLimit.DETAIL;
            case 415 -> "the body must be application/json, application/x-www-form-urlencoded or multipart/form-data";
            default -> e.getMessage() == null ? "the request is not understood" : e.getMessage();
        };
    }
}
