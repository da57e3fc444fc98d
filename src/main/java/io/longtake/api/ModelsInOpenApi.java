package io.longtake.api;

import io.longtake.director.Catalogue;
import io.longtake.director.Catalogue.Entry;
import io.longtake.model.ModelManifest;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Says in the document for machines what may be asked for, as the models of this platform have it: it is served with the limits
 * that hold here and now.
 */
@ApplicationScoped
@OpenApiFilter(OpenApiFilter.RunStage.RUNTIME_PER_REQUEST)
public class ModelsInOpenApi implements OASFilter {

    /** The schema of a request as JSON. */
    static final String JSON = "VideoRequest";

    /** The schema of a request as a form. */
    static final String FORM = "VideoForm";

    private final Served served;

    ModelsInOpenApi(Served served) {
        this.served = served;
    }

    /** What videos of a model may be. */
    private record Kind(ModelManifest.VideoFormat video, ModelManifest.Limits limits) {}

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Optional<Catalogue> models = served.videos().map(VideoServices::models);
        document.getComponents().addSchema(JSON, schema(models, false)).addSchema(FORM, schema(models, true));
    }

    private static Schema schema(Optional<Catalogue> models, boolean form) {
        List<Schema> schemas = models.map(all -> schemas(all, form)).orElse(List.of());
        return switch (schemas.size()) {
            case 0 -> OASFactory.createSchema()
                    .addType(Schema.SchemaType.OBJECT)
                    .description("This process takes no requests for videos");
            case 1 -> schemas.get(0);
            default -> OASFactory.createSchema().anyOf(schemas);
        };
    }

    private static List<Schema> schemas(Catalogue models, boolean form) {
        Map<Kind, List<String>> kinds = new LinkedHashMap<>();
        for (String name : models.names()) {
            models.find(name).map(Entry::manifest).ifPresent(model -> kinds.computeIfAbsent(
                            new Kind(model.video(), model.limits()), kind -> new ArrayList<>())
                    .add(name));
        }
        return kinds.entrySet().stream()
                .map(kind -> new VideoRequestSchema(
                                kind.getValue(),
                                kind.getKey().video(),
                                kind.getKey().limits(),
                                kind.getValue().contains(ModelDocument.standardName()),
                                form)
                        .schema())
                .toList();
    }
}
