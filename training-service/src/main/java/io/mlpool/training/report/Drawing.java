package io.mlpool.training.report;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Makes a drawing of Lets-Plot the same each time, scalable, and named for who cannot see it. */
final class Drawing {

    /** A mark that orders names and is not drawn. */
    static final String INVISIBLE = "\u200B";

    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
    private static final Pattern STYLED = Pattern.compile("#([A-Za-z]\\w+) \\.");
    private static final Pattern OUTLINE = Pattern.compile("\\bd=\"[^\"]*\"");
    private static final Pattern FRACTION = Pattern.compile("(\\.\\d\\d)\\d+");
    private static final Pattern ROOT = Pattern.compile("<svg ([^>]*?)width=\"([0-9.]+)\" height=\"([0-9.]+)\">");

    private Drawing() {}

    static String tidy(String svg, String name, String title) {
        return labelled(renamed(rounded(svg.replace(INVISIBLE, "")), name), title);
    }

    /** A hundredth of a pixel is enough, and a third of the bytes. */
    private static String rounded(String svg) {
        return OUTLINE.matcher(svg)
                .replaceAll(found ->
                        Matcher.quoteReplacement(FRACTION.matcher(found.group()).replaceAll("$1")));
    }

    /** Lets-Plot draws lots for its ids: the same picture must be the same file, and ids differ between those on a page. */
    private static String renamed(String svg, String name) {
        Set<String> ids = new LinkedHashSet<>();
        for (Pattern pattern : new Pattern[] {STYLED, ID}) {
            pattern.matcher(svg).results().forEach(found -> ids.add(found.group(1)));
        }
        String result = svg;
        int number = 0;
        for (String id : ids) {
            String next = name + "-" + ++number;
            result = result.replace("\"" + id + "\"", "\"" + next + "\"")
                    .replace("#" + id + " ", "#" + next + " ")
                    .replace("#" + id + ")", "#" + next + ")");
        }
        return result;
    }

    private static String labelled(String svg, String title) {
        Matcher root = ROOT.matcher(svg);
        if (!root.find()) {
            throw new IllegalStateException("Lets-Plot drew something that does not begin as a picture: "
                    + svg.substring(0, Math.min(svg.length(), 200)));
        }
        String words = HtmlUtils.htmlEscape(title);
        return root.replaceFirst(Matcher.quoteReplacement(
                "<svg %swidth=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
                        .formatted(root.group(1), root.group(2), root.group(3), root.group(2), root.group(3), words)));
    }
}
