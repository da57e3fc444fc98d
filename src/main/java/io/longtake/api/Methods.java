package io.longtake.api;

/** The methods of each address, which an answer of 405 must name (RFC 9110, section 15.5.6) and the framework does not. */
final class Methods {

    private Methods() {}

    static String of(String path) {
        String plain = path.replaceAll("^/|/$", "");
        if (plain.equals("v1/videos")) {
            return "GET, HEAD, POST, OPTIONS";
        }
        if (plain.matches("v1/videos/[^/]+")) {
            return "GET, HEAD, DELETE, OPTIONS";
        }
        return plain.endsWith("/cancel") || plain.endsWith("/playhead") ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
    }
}
