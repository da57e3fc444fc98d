package io.longtake.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request is refused (RFC 9457), and beside it, as {@code error}, the same in the words of the OpenAI API: its libraries
 * show nothing else.
 *
 * @param type always {@code about:blank}: the status says what kind it is
 * @param title a few words for the kind of mistake
 * @param status of the answer
 * @param detail a sentence for whoever made it
 * @param errors each thing that is wrong; absent if no field is to blame
 * @param error what clients of the OpenAI API read
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem")
public record ProblemDocument(
        String type, String title, int status, String detail, List<Fault> errors, OpenAiError error) {

    private static final int SHOWN = 80;

    /** What is shown of half a surrogate pair, which no answer can hold. */
    private static final String HALF_A_CHARACTER = "\uFFFD";

    static ProblemDocument of(int status, String title, String detail, List<Fault> errors) {
        return new ProblemDocument(
                "about:blank",
                title,
                status,
                detail,
                errors,
                new OpenAiError(
                        detail,
                        OpenAiError.type(status),
                        errors.isEmpty() ? null : errors.get(0).field(),
                        OpenAiError.name(title)));
    }

    /**
     * A refusal in the shape of the OpenAI API.
     *
     * @param message the problem's detail: it names each field that is wrong
     * @param type which kind of error the status stands for
     * @param param the first field that is wrong; null if no field is to blame
     * @param code the problem's title, as a name
     */
    @Schema(name = "OpenAiError")
    @JsonInclude
    public record OpenAiError(String message, String type, @Schema(nullable = true) String param, String code) {

        private static String name(String title) {
            return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        }

        private static String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 429 -> "rate_limit_error";
                default -> status < 500 ? "invalid_request_error" : "server_error";
            };
        }
    }

    /**
     * One thing that is wrong with a request.
     *
     * @param field of the body, or header, or parameter
     * @param value as it came, shortened
     * @param detail what is wrong with it, and the limit
     */
    @Schema(name = "ProblemField")
    public record Fault(String field, String value, String detail) {
        public Fault {
            field = shown(field);
            value = shown(value);
        }

        static String shown(String text) {
            String plain = text.replaceAll("\\p{Cntrl}", " ").replaceAll("\\p{Cs}", HALF_A_CHARACTER);
            return plain.codePointCount(0, plain.length()) <= SHOWN
                    ? plain
                    : plain.substring(0, plain.offsetByCodePoints(0, SHOWN)) + "…";
        }
    }
}
