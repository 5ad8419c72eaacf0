package io.mlpool.training.report;

import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** Writes a page; whatever is given as text is escaped. */
final class Html {

    private final StringBuilder page = new StringBuilder();

    /** An element that holds text. */
    Html text(String element, String text) {
        page.append("<%s>%s</%s>\n".formatted(element, escaped(text), element));
        return this;
    }

    /** A paragraph of a class. */
    Html paragraph(String style, String text) {
        page.append("<p class=\"%s\">%s</p>\n".formatted(escaped(style), escaped(text)));
        return this;
    }

    /** Names and what they stand for. */
    Html list(Map<String, String> terms) {
        page.append("<dl>\n");
        terms.forEach(
                (term, meaning) -> page.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escaped(term), escaped(meaning))));
        page.append("</dl>\n");
        return this;
    }

    /** A table whose first row and column are heads. */
    Html table(List<MetricsTable.Row> rows) {
        page.append("<div class=\"wide\"><table>\n");
        row(rows.getFirst(), "th");
        rows.stream().skip(1).forEach(row -> row(row, "td"));
        page.append("</table></div>\n");
        return this;
    }

    private void row(MetricsTable.Row row, String cell) {
        page.append("<tr><th>%s</th>".formatted(escaped(row.name())));
        row.cells().forEach(value -> page.append("<%s>%s</%s>".formatted(cell, escaped(value), cell)));
        page.append("</tr>\n");
    }

    /** A drawing of ours, as it is, with how to read it. */
    Html figure(String svg, String caption) {
        page.append("<figure><div class=\"wide\">%s</div><figcaption>%s</figcaption></figure>\n"
                .formatted(svg, escaped(caption)));
        return this;
    }

    /** The whole document. */
    String document(String title, String style) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), style, page);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
