package io.longtake.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request is refused (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says what kind it is
 * @param title a few words for the kind of mistake
 * @param status of the answer
 * @param detail a sentence for whoever made it
 * @param errors each thing that is wrong; absent if no field is to blame
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "Problem")
public record ProblemDocument(String type, String title, int status, String detail, List<Fault> errors) {

    private static final int SHOWN = 80;

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
            String plain = text.replaceAll("\\p{Cntrl}", " ");
            return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
        }
    }
}
