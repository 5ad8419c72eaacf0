package io.mlpool.training.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A plot in the grammar of graphics (Wilkinson 2005) that Lets-Plot draws as SVG, without AWT and without fonts on the machine.
 * Names of geometries, aesthetics and options are Lets-Plot's own.
 */
final class Plot {

    // Okabe and Ito (2008), "Color universal design": told apart by people who do not see all colours.
    static final String BLUE = "#0072B2";
    static final String VERMILION = "#D55E00";
    static final String GREY = "#8C8C8C";
    static final String INK = "#222222";

    private static final Map<String, Object> THEME = Map.of(
            "name", "minimal",
            "legend_position", "bottom",
            "legend_title", "blank",
            "panel_grid_minor", "blank",
            "plot_title", Map.of("size", 17, "face", "bold", "blank", false),
            "plot_subtitle", Map.of("size", 13, "blank", false),
            "strip_text", Map.of("size", 13, "blank", false),
            "axis_title", Map.of("size", 13, "blank", false),
            "axis_text", Map.of("size", 12, "blank", false));

    private final String title;
    private final Map<String, Object> spec = new HashMap<>();
    private final List<Map<String, Object>> layers = new ArrayList<>();
    private final Map<String, Map<String, Object>> scales = new TreeMap<>();

    Plot(String title, String subtitle, int width, int height) {
        this.title = title;
        spec.put("kind", "plot");
        spec.put("ggtitle", Map.of("text", title, "subtitle", subtitle));
        spec.put("ggsize", Map.of("width", width, "height", height));
        spec.put("theme", THEME);
    }

    /** What the axes show, with units; empty for names that speak for themselves. */
    Plot axes(String x, String y) {
        return scale("x", Map.of("name", x)).scale("y", Map.of("name", y));
    }

    Plot layer(String geometry, Rows rows, Map<String, Object> mapping, Map<String, Object> constants) {
        layers.add(with(
                constants, Map.of("geom", geometry, "data", rows.columns(), "mapping", mapping, "tooltips", "none")));
        return this;
    }

    /** A line that means something whatever the data is. */
    Plot reference(String geometry, Map<String, Object> constants) {
        layers.add(with(constants, Map.of("geom", geometry, "color", GREY, "linetype", "dashed", "tooltips", "none")));
        return this;
    }

    Plot scale(String aesthetic, Map<String, Object> options) {
        scales.computeIfAbsent(aesthetic, name -> new HashMap<>(Map.of("aesthetic", name)))
                .putAll(options);
        return this;
    }

    /** What each of these labels looks like, in the order of the legend. */
    Plot legend(String aesthetic, List<String> labels, List<Object> values) {
        return scale(aesthetic, Map.of("limits", labels, "breaks", labels, "values", values));
    }

    /** A panel's name: Lets-Plot puts panels in the order of their names, and zero-width spaces sort last. */
    static String panel(int position, String label) {
        return Drawing.INVISIBLE.repeat(position) + label;
    }

    Plot facets(Map<String, Object> options) {
        spec.put("facet", options);
        return this;
    }

    /** The drawing; {@code name} keeps its inner names apart from those of other drawings on one page. */
    String svg(String name) {
        spec.put("layers", layers);
        spec.put("scales", List.copyOf(scales.values()));
        String drawn =
                PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(spec, null, new UnsupportedRGBEncoder(), true);
        return Drawing.tidy(drawn, name, title);
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putAll(some);
        return all;
    }
}
