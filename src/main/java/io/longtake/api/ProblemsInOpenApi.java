package io.longtake.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Says in the document for machines what holds for every address: what an answer always has, and how a refusal looks. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ProblemsInOpenApi implements OASFilter {

    /** Of these some fields may be absent. */
    private static final Set<String> WITH_ABSENT_FIELDS = Set.of("Problem", "VideoEvent", "Playhead");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().forEach((name, schema) -> {
            if (schema.getProperties() != null && !WITH_ABSENT_FIELDS.contains(name)) {
                schema.setRequired(new ArrayList<>(schema.getProperties().keySet()));
            }
        });
    }

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        responses.removeAPIResponse("400"); // the framework's, which says less than ours
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("4")) {
                response.setContent(problem());
            }
        });
        responses.addAPIResponse(
                "4XX", response("What is wrong with the request").content(problem()));
        responses.addAPIResponse(
                "503",
                response(
                                "Not now: the server starts, Kafka or the store is away, or nothing of the video is finished yet")
                        .addHeader(
                                "Retry-After",
                                OASFactory.createHeader()
                                        .description("Seconds after which to ask again")
                                        .schema(OASFactory.createSchema().addType(Schema.SchemaType.INTEGER)))
                        .content(problem()));
        if (takes(operation, "If-None-Match")) {
            responses.addAPIResponse("304", response("It is the one that If-None-Match names"));
        }
        return operation;
    }

    private static boolean takes(Operation operation, String header) {
        return operation.getParameters() != null
                && operation.getParameters().stream().map(Parameter::getName).anyMatch(header::equals);
    }

    private static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.TYPE.toString(),
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }
}
