package io.longtake;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of axe-core (WCAG 2.2, A and AA, and good practice), applied to a page as it stands. */
public final class Accessibility {

    private static final String FOUND =
            """
            async () => (await axe.run()).violations.map(violation => violation.id + ': ' + violation.help + ' '
              + violation.nodes.map(node => node.html.slice(0, 160) + ' ' + node.failureSummary).join(' | '))
            """;

    private Accessibility() {}

    public static void check(Page page) throws IOException {
        if (!(boolean) page.evaluate("() => 'axe' in window")) {
            page.evaluate(rules());
        }
        assertThat((List<?>) page.evaluate(FOUND)).as("axe-core's violations").isEmpty();
    }

    private static String rules() throws IOException {
        try (InputStream rules = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(rules.readAllBytes(), StandardCharsets.UTF_8) + "; undefined";
        }
    }
}
