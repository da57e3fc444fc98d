package io.longtake.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.api.ProblemDocument.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a request's body. What is wrong with them is collected, so that all of it is told at once. A field that is null
 * is absent. Numbers may be strings, as forms and the OpenAI libraries send them.
 */
final class RequestFields {

    private static final String NUMBER = "-?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,3})?";
    private static final String WHOLE = "-?[0-9]{1,19}(\\.0{1,18})?";

    private final ObjectNode body;
    private final List<Fault> faults = new ArrayList<>();

    private RequestFields(ObjectNode body) {
        this.body = body;
    }

    /**
     * @param example of a body, for the complaint
     * @throws Problem 400 if it is no JSON object
     */
    static RequestFields json(byte[] bytes, String example) {
        return new RequestFields(JsonBody.object(bytes, example));
    }

    /**
     * Of a form.
     *
     * @throws Problem 400 if a field comes more than once, or has no name
     */
    static RequestFields form(Map<String, List<String>> fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, values) -> {
            if (name == null) {
                throw Problem.of(400, "invalid form", "a part of the form has no name");
            }
            if (values.size() > 1) {
                throw Problem.field(
                        name, values.size() + " values", "is given " + values.size() + " times, the limit is 1");
            }
            body.put(name, values.get(0));
        });
        return new RequestFields(body);
    }

    void requireKnown(Set<String> known) {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                fault(name, "is unknown: expected some of " + new TreeSet<>(known));
            }
        }
    }

    boolean has(String field) {
        return body.hasNonNull(field);
    }

    /** Whether it is a string: numbers of forms are, too. */
    boolean isText(String field) {
        return body.path(field).isTextual();
    }

    /** The first fault of a field is the one that helps. */
    void fault(String field, String detail) {
        if (faults.stream().noneMatch(known -> known.field().equals(field))) {
            JsonNode value = body.path(field);
            faults.add(new Fault(field, value.isTextual() ? value.textValue() : value.toString(), detail));
        }
    }

    /** @throws Problem 400 naming every field that is wrong */
    void requireNoFault() {
        if (!faults.isEmpty()) {
            throw Problem.fields(faults);
        }
    }

    String text(String field, String otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        if (!body.get(field).isTextual()) {
            fault(field, "must be a string");
            return otherwise;
        }
        return body.get(field).textValue();
    }

    /** Of a field whose value does not matter: a string or a number. */
    void requireSimple(String field) {
        if (has(field) && !isText(field) && !body.get(field).isNumber()) {
            fault(field, "must be a string or a number");
        }
    }

    boolean flag(String field, boolean otherwise) {
        if (has(field) && !body.get(field).isBoolean()) {
            fault(field, "must be true or false");
        }
        return body.path(field).asBoolean(otherwise);
    }

    double number(String field, double otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        if (!written(field).matches(NUMBER)) {
            fault(field, "must be a number");
            return otherwise;
        }
        return Double.parseDouble(written(field));
    }

    long whole(String field, long otherwise) {
        return whole(field, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** @param low the least that is not a fault */
    long whole(String field, long otherwise, long low, long high) {
        if (!has(field)) {
            return otherwise;
        }
        try {
            JsonNode value = body.get(field);
            if (value.isNumber() || written(field).matches(WHOLE)) {
                BigDecimal number = value.isNumber() ? value.decimalValue() : new BigDecimal(written(field));
                long whole = number.longValueExact();
                if (whole >= low && whole <= high) {
                    return whole;
                }
            }
        } catch (ArithmeticException e) {
            // told below
        }
        fault(field, "must be a whole number from " + low + " to " + high);
        return otherwise;
    }

    private String written(String field) {
        JsonNode value = body.get(field);
        return value.isNumber() || value.isTextual() ? value.asText() : "";
    }
}
