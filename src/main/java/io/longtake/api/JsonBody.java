package io.longtake.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the JSON of a request's body, strictly: what could be meant in two ways is refused. */
final class JsonBody {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`");

    private static final Pattern START =
            Pattern.compile("\\s*\\(start marker at \\[Source:.*?line: (\\d+), column: (\\d+)\\]\\)", Pattern.DOTALL);

    private JsonBody() {}

    /**
     * @param example of a body, for the complaint
     * @throws Problem 400 if it is no JSON object
     */
    static ObjectNode object(byte[] bytes, String example) {
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body == null || !body.isObject()) {
                throw Problem.of(400, "invalid JSON", "the body must be a JSON object, such as " + example);
            }
            return (ObjectNode) body;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            " (line %d, column %d)",
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr());
            throw Problem.of(400, "invalid JSON", "the body is not JSON: " + inWords(e) + where);
        } catch (IOException e) {
            throw Problem.of(400, "invalid JSON", "the body is not JSON: " + e.getMessage());
        }
    }

    /** Without the parser's remarks on its own settings. */
    private static String inWords(JsonProcessingException e) {
        if (e instanceof MismatchedInputException) {
            return "something follows it";
        }
        String limit = SETTING.matcher(e.getOriginalMessage()).replaceAll("");
        return START.matcher(limit).replaceAll(" that begins at line $1, column $2");
    }
}
