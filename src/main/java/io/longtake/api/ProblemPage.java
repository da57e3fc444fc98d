package io.longtake.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;

/** A refusal as people see it who have put an address into a browser; programs get the document. */
final class ProblemPage {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'";

    private ProblemPage() {}

    /** Whether an answer is for a person: browsers name HTML when an address is opened, and nothing else does. */
    static boolean isWanted(HttpHeaders request) {
        List<MediaType> accepted = request.getAcceptableMediaTypes();
        return accepted.stream().anyMatch(type -> isOf(type, "text", "html"))
                && accepted.stream().noneMatch(type -> type.getSubtype().endsWith("json"));
    }

    private static boolean isOf(MediaType type, String main, String sub) {
        return type.getType().equalsIgnoreCase(main) && type.getSubtype().equalsIgnoreCase(sub);
    }

    /** Turns a problem into a page. */
    static Response of(Response.ResponseBuilder problem, ProblemDocument document, PathPrefix prefix) {
        String root = prefix.text() + "/";
        String title = document.title().substring(0, 1).toUpperCase(Locale.ROOT)
                + document.title().substring(1);
        String html = String.format(
                Locale.ROOT,
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%2$s · Longtake</title>
                <link rel="icon" href="%1$spage/mark.svg" type="image/svg+xml">
                <link rel="stylesheet" href="%1$spage/base.css">
                <header class="masthead">
                  <a class="wordmark" href="%1$s"><img src="%1$spage/mark.svg" alt="" width="22" height="22">Longtake</a>
                </header>
                <main>
                  <h1>%2$s</h1>
                  <p>%3$s.</p>
                  <p><a href="%1$s">To the videos</a> · <a href="%1$sq/swagger-ui/">To the reference of the API</a></p>
                </main>
                """,
                root,
                escaped(title),
                escaped(document.detail()));
        return problem.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .entity(html)
                .build();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
