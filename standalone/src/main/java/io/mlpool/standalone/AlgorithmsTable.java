package io.mlpool.standalone;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The newest run of each algorithm beside each other, as a Markdown table.
 *
 * @param runs all judged on the same windows, best first
 */
record AlgorithmsTable(List<JsonNode> runs) {

    AlgorithmsTable {
        runs = List.copyOf(runs);
    }

    /**
     * Of the finished runs of one model those that were judged on the windows that the newest was judged on.
     *
     * @param runs newest first, one at least
     */
    static AlgorithmsTable of(List<JsonNode> runs) {
        Map<String, JsonNode> newest = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> judgedOn(run).equals(judgedOn(runs.getFirst())))
                .forEach(run -> newest.putIfAbsent(run.path("algorithm").asString(), run));
        return new AlgorithmsTable(newest.values().stream()
                .sorted((one, other) -> Double.compare(loss(one), loss(other)))
                .toList());
    }

    private static List<JsonNode> judgedOn(JsonNode run) {
        return Stream.of("from", "until", "windows", "assets")
                .map(run.path("evaluation")::path)
                .toList();
    }

    private static double loss(JsonNode run) {
        return horizons(run)
                .mapToDouble(one -> one.path("wql").asDouble())
                .average()
                .orElse(Double.NaN);
    }

    private static Stream<JsonNode> horizons(JsonNode run) {
        return run.path("evaluation").path("horizons").valueStream();
    }

    String markdown() {
        JsonNode newest = runs.getFirst();
        JsonNode judged = newest.path("evaluation");
        return "%s, held-out slice %s to %s, %s windows of %s assets.%n%n%s%s%s%n%s%n"
                .formatted(
                        newest.path("model").asString(),
                        judged.path("from").asString(),
                        judged.path("until").asString(),
                        judged.path("windows").asString(),
                        judged.path("assets").asString(),
                        row(Stream.of(
                                Stream.of("algorithm", "version"),
                                named("wQL ", newest),
                                named("skill ", newest),
                                named("p ", newest),
                                named("80 % ", newest))),
                        row(Stream.of(Collections.nCopies(
                                2 + 4 * (int) horizons(newest).count(), "---")
                                .stream())),
                        runs.stream().map(AlgorithmsTable::row).collect(Collectors.joining()),
                        "Skill: percent less quantile loss than the random walk with EWMA volatility; p: of so much if both were equally good; 80 %: coverage of that interval, percent.");
    }

    private static Stream<String> named(String what, JsonNode run) {
        return horizons(run).map(one -> what + one.path("horizon").asString());
    }

    private static String row(JsonNode run) {
        return row(Stream.of(
                Stream.of(run.path("algorithm").asString(), run.path("version").asString("-")),
                numbers(horizons(run), "%.4f", one -> one.path("wql").asDouble()),
                numbers(horizons(run), "%+.2f", one -> one.path("skill_vs_naive")
                        .asDouble()),
                numbers(tests(run), "%.1e", one -> one.path("verdict")
                        .path("probability")
                        .asDouble(Double.NaN)),
                numbers(
                        horizons(run),
                        "%.1f",
                        one -> 100 * one.path("coverage").path("80").asDouble())));
    }

    /** Diebold and Mariano's against the naive forecast; the gate made none where there were too few times. */
    private static Stream<JsonNode> tests(JsonNode run) {
        JsonNode made = run.path("decision").path("against_naive").path("horizons");
        return made.isEmpty() ? horizons(run) : made.valueStream();
    }

    private static Stream<String> numbers(Stream<JsonNode> nodes, String format, Function<JsonNode, Double> number) {
        return nodes.map(number).map(one -> one.isNaN() ? "-" : String.format(Locale.ROOT, format, one));
    }

    private static String row(Stream<Stream<String>> cells) {
        return cells.flatMap(Function.identity()).collect(Collectors.joining(" | ", "| ", " |%n".formatted()));
    }
}
