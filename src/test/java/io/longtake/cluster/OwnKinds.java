package io.longtake.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;

/** Kubernetes' own kinds, by the classes that are made of its API. These take any field; here none but those that the API has. */
final class OwnKinds {

    private static final KubernetesSerialization KNOWN = new KubernetesSerialization();
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    private OwnKinds() {}

    /** What is wrong with a document; empty: nothing. */
    static Optional<String> fault(JsonNode document) {
        try {
            STRICT.treeToValue(document, type(document));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Class<? extends KubernetesResource> type(JsonNode document) {
        HasMetadata known = KNOWN.convertValue(document, HasMetadata.class);
        return known.getClass();
    }
}
