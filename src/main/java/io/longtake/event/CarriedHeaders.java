package io.longtake.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Headers that go on from a record to those that it causes: whatever its sender attached, W3C's trace context
 * ({@code traceparent}, {@code tracestate}) among it. Each key once, the last value of it; Kafka's own are left behind. Anybody may
 * send a record, so no more go on than {@value #MAX_HEADERS}, or {@value #MAX_BYTES} bytes; those of the trace come first.
 */
public record CarriedHeaders(List<Header> headers) {

    /** Of records that nothing in particular causes. */
    public static final CarriedHeaders NONE = new CarriedHeaders(List.of());

    static final int MAX_HEADERS = 32;
    static final int MAX_BYTES = 8 * 1024;

    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_STATE = "tracestate";
    /** Version, trace, parent, flags; a later version may add to it. https://www.w3.org/TR/trace-context/ */
    private static final Pattern PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.{0,64})?");

    private static final int MAX_STATE = 512;
    /** So begin headers that Streams and Connect add to a record. */
    private static final String KAFKAS = "__";

    /** @throws IllegalArgumentException if they are more than go on */
    public CarriedHeaders {
        headers = List.copyOf(headers);
        int bytes = bytes(headers);
        if (headers.size() > MAX_HEADERS || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "headers: expected at most %d of %d bytes together, got %d of %d",
                    MAX_HEADERS,
                    MAX_BYTES,
                    headers.size(),
                    bytes));
        }
    }

    /** Those that go on from a record. */
    public static CarriedHeaders of(Headers cause) {
        Map<String, Header> kept = new LinkedHashMap<>();
        int bytes = 0;
        for (String key : List.of(TRACE_PARENT, TRACE_STATE)) {
            Header last = cause.lastHeader(key);
            if (last != null && bytes + size(last) <= MAX_BYTES) {
                kept.put(key, last);
                bytes += size(last);
            }
        }
        for (Header header : cause) {
            String key = header.key();
            if (key.startsWith(KAFKAS) || key.equals(TRACE_PARENT) || key.equals(TRACE_STATE)) {
                continue;
            }
            Header before = kept.get(key);
            int more = bytes + size(header) - (before == null ? 0 : size(before));
            if (more <= MAX_BYTES && (before != null || kept.size() < MAX_HEADERS)) {
                kept.put(key, header);
                bytes = more;
            }
        }
        return kept.isEmpty() ? NONE : new CarriedHeaders(List.copyOf(kept.values()));
    }

    /**
     * Those of a request over HTTP; what is no trace context is left out.
     *
     * @param parent null: there is none
     * @param state null: there is none
     */
    public static CarriedHeaders ofTrace(String parent, String state) {
        if (parent == null || !PARENT.matcher(parent).matches()) {
            return NONE;
        }
        List<Header> headers = new ArrayList<>();
        headers.add(header(TRACE_PARENT, parent));
        if (state != null && !state.isBlank() && state.length() <= MAX_STATE) {
            headers.add(header(TRACE_STATE, state));
        }
        return new CarriedHeaders(headers);
    }

    /** For one record: a producer takes them for its own. */
    Headers copy() {
        return new RecordHeaders(headers);
    }

    int bytes() {
        return bytes(headers);
    }

    private static int bytes(List<Header> headers) {
        return headers.stream().mapToInt(CarriedHeaders::size).sum();
    }

    private static Header header(String key, String value) {
        return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Upper bound of what it takes in a record, its two lengths included. */
    private static int size(Header header) {
        return 10 + 3 * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
}
