package io.longtake.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Says of every address in the document for machines what {@link ProblemAnswers} sees to: a refusal is a problem document. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ProblemsInOpenApi implements OASFilter {

    @Override
    public Operation filterOperation(Operation operation) {
        operation.getResponses().addAPIResponse("4XX", refusal());
        return operation;
    }

    private static APIResponse refusal() {
        return OASFactory.createAPIResponse()
                .description("What is wrong with the request")
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.TYPE.toString(),
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
    }
}
