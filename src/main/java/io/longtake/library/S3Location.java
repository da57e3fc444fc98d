package io.longtake.library;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in an object store videos lie: {@code s3://bucket/prefix?endpoint=https://host:port&region=name&path-style=true}.
 *
 * @param prefix of every key: empty, or ends with a slash
 * @param endpoint of a store that is not Amazon's
 * @param region absent: as the environment says; where there is an endpoint, it need not say
 * @param pathStyle whether the bucket is named in the path, not in the host; so it is where there is an endpoint, unless said
 */
public record S3Location(
        String bucket, String prefix, Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {

    private static final String FORM = "s3://BUCKET/PREFIX?endpoint=https://HOST:PORT&region=NAME&path-style=true,"
            + " everything after the bucket optional";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern FOLDER = Pattern.compile("(?!\\.{1,2}/)[A-Za-z0-9!_.*'()-]+/");
    private static final Pattern PREFIX = Pattern.compile("(" + FOLDER.pattern() + "){0,32}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final int LONGEST = 512;

    public S3Location {
        require(BUCKET.matcher(bucket).matches(), "bucket", bucket, "3 to 63 of a-z, 0-9, dots and hyphens");
        require(
                prefix.length() <= LONGEST && PREFIX.matcher(prefix).matches(),
                "prefix",
                prefix,
                "folders of letters, digits and !_.*'()-, at most " + LONGEST + " characters");
        if (endpoint.filter(uri -> uri.getRawUserInfo() != null).isPresent()) {
            throw credentials();
        }
        endpoint.ifPresent(uri -> require(
                Set.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null,
                "endpoint",
                uri,
                "https://HOST:PORT or http://HOST:PORT"));
        region.ifPresent(name -> require(REGION.matcher(name).matches(), "region", name, "a name like eu-central-1"));
    }

    /** @throws IllegalArgumentException that names what is wrong, and what is expected */
    public static S3Location parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no address: expected " + FORM, e);
        }
        if (!"s3".equals(uri.getScheme()) || uri.getRawAuthority() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("'" + text + "': expected " + FORM);
        }
        if (uri.getRawAuthority().contains("@")) {
            throw credentials();
        }
        Map<String, String> options = options(uri.getRawQuery());
        Optional<URI> endpoint = Optional.ofNullable(options.get("endpoint")).map(S3Location::uri);
        return new S3Location(
                uri.getRawAuthority(),
                folder(Optional.ofNullable(uri.getPath()).orElse("")),
                endpoint,
                Optional.ofNullable(options.get("region")),
                flag(options.getOrDefault("path-style", Boolean.toString(endpoint.isPresent()))));
    }

    /** Where a key lies, as its owner would write it. */
    String at(String key) {
        return "s3://" + bucket + "/" + prefix + key;
    }

    /** For people: without options. */
    @Override
    public String toString() {
        return at("") + endpoint.map(uri -> " at " + uri).orElse("");
    }

    private static String folder(String path) {
        String plain = path.startsWith("/") ? path.substring(1) : path;
        return plain.isEmpty() || plain.endsWith("/") ? plain : plain + "/";
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        for (String option : query == null ? new String[0] : query.split("&")) {
            int sign = option.indexOf('=');
            String name = sign < 0 ? option : option.substring(0, sign);
            require(
                    sign > 0 && Set.of("endpoint", "region", "path-style").contains(name),
                    "option",
                    option,
                    "endpoint=, region= or path-style=");
            options.put(name, URLDecoder.decode(option.substring(sign + 1), StandardCharsets.UTF_8));
        }
        return options;
    }

    private static URI uri(String endpoint) {
        try {
            return new URI(endpoint);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("endpoint '" + endpoint + "': expected https://HOST:PORT", e);
        }
    }

    /** Without the address, for it would be printed. */
    private static IllegalArgumentException credentials() {
        return new IllegalArgumentException("credentials do not belong in an address, which others can see: set"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use a profile; expected " + FORM);
    }

    private static boolean flag(String value) {
        require(Set.of("true", "false").contains(value), "path-style", value, "true or false");
        return Boolean.parseBoolean(value);
    }

    private static void require(boolean fine, String what, Object value, String expected) {
        if (!fine) {
            throw new IllegalArgumentException(what + " '" + value + "': expected " + expected + ", in " + FORM);
        }
    }
}
