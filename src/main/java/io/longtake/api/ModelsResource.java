package io.longtake.api;

import io.longtake.director.Catalogue;
import io.longtake.director.Catalogue.Entry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models that videos can be ordered of. */
@Path("/v1/models")
@Tag(name = "Models", description = "In the shape of the OpenAI Models API")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ModelsResource {

    private final VideoServices services;

    ModelsResource(VideoServices services) {
        this.services = services;
    }

    @GET
    @Operation(operationId = "listModels", summary = "The models, by their names")
    @APIResponseSchema(value = ModelDocument.ModelList.class, responseCode = "200")
    public ModelDocument.ModelList list() {
        Catalogue models = services.models();
        return new ModelDocument.ModelList(
                "list",
                models.names().stream()
                        .flatMap(name -> models.find(name).stream())
                        .map(this::document)
                        .toList());
    }

    @GET
    @Path("/{model}")
    @Operation(operationId = "retrieveModel", summary = "What videos of a model may be")
    @APIResponseSchema(value = ModelDocument.class, responseCode = "200")
    public ModelDocument retrieve(@PathParam("model") String name) {
        Catalogue models = services.models();
        return models.find(name)
                .map(this::document)
                .orElseThrow(() -> Problem.of(
                        404,
                        "unknown model",
                        "there is no model " + ProblemDocument.Fault.shown(name) + ": expected one of "
                                + models.names()));
    }

    private ModelDocument document(Entry model) {
        return ModelDocument.of(model, services.words());
    }
}
