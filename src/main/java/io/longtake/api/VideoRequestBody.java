package io.longtake.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a request for a video, for the OpenAPI document; {@link VideoRequest} reads it. */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "VideoRequest")
public record VideoRequestBody(
        @Schema(required = true, description = "What the video shows", examples = "a drive at night in heavy traffic")
                String prompt,
        @Schema(description = "Name of the model", defaultValue = "drive") String model,
        @Schema(
                        description = "Length; a number, or a string that says one. The model has a limit",
                        defaultValue = "4",
                        examples = "8")
                String seconds,
        @Schema(description = "Width x height; only that of the model", examples = "512x256") String size,
        @Schema(description = "Noise seed: same request, same video", defaultValue = "0") Long seed,
        @Schema(description = "What guidance steers away from", defaultValue = "") String negativePrompt,
        @Schema(description = "How strongly the prompt is followed; by default as the model says") Double guidance,
        @Schema(description = "Denoising steps of the keyframes; by default as the model says") Integer steps) {}
