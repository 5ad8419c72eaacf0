package io.mlpool.standalone;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool experiment}. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Compares the challenger of a model with its champion in the running pool, as docs/experiments.md tells.%n",
            "./mlpool experiment start price-1h --id wider-network",
            "./mlpool experiment show wider-network%n"
        })
final class ExperimentCommand {

    private static final String LINE = "%-24s  %-12s  %-9s  %-7s  %-10s  %-22s  %s";

    @Mixin
    private final Output out = new Output();

    @Command(
            name = "start",
            mixinStandardHelpOptions = true,
            description = "Begins one with the version that the alias challenger points to.")
    int start(
            @Parameters(paramLabel = "MODEL", description = "Registered model: price-1h") String model,
            @Option(
                            names = "--id",
                            description = "Name of the experiment, so that this can be repeated. Default: made up")
                    @Nullable String id,
            @Option(
                            names = "--split",
                            paramLabel = "SHARE",
                            description =
                                    "Share of the callers that the challenger answers, 0.1. Default: none, callers get the champion")
                    @Nullable Double share,
            @Option(names = "--promote", description = "Makes the challenger the champion when it is proved better")
                    boolean promote,
            @Option(names = "--days", description = "After so many it ends undecided. Default: 90") @Nullable Integer days,
            @Option(names = "--purpose", description = "Why, for people") @Nullable String purpose,
            @Mixin HomeOption home) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("model", model);
        wanted.put("mode", share == null ? "shadow" : "split");
        wanted.put("on_win", promote ? "promote" : "tell");
        put(wanted, "id", id);
        put(wanted, "challenger_share", share);
        put(wanted, "longest_days", days);
        put(wanted, "purpose", purpose);
        show(home.home().client().post(url(home, ""), wanted));
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the newest hundred, newest first.")
    int list(@Mixin HomeOption home) {
        JsonNode experiments = home.home().client().get(url(home, "?limit=100")).path("experiments");
        out.line(LINE, "id", "model", "state", "arms", "difference", "interval", "winner");
        experiments.forEach(one -> out.line(
                LINE,
                one.path("id").asString(),
                one.path("model").asString(),
                one.path("state").asString(),
                arms(one),
                percent(one.at("/standings/difference/relative")),
                interval(one.at("/standings/difference")),
                one.path("winner").asString("")));
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows how one stands.")
    int show(@Parameters(paramLabel = "ID") String id, @Mixin HomeOption home) {
        show(home.home().client().get(url(home, "/" + id)));
        return 0;
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Ends one; the champion stays.")
    int stop(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", description = "Why, for people") @Nullable String reason,
            @Mixin HomeOption home) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "reason", reason);
        show(home.home().client().post(url(home, "/" + id + "/stop"), body));
        return 0;
    }

    @Command(
            name = "promote",
            mixinStandardHelpOptions = true,
            description = "Ends one; its challenger becomes the champion.")
    int promote(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--force", description = "Also when it is not proved better") boolean force,
            @Option(names = "--reason", description = "Why, for people") @Nullable String reason,
            @Mixin HomeOption home) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("force", force);
        put(body, "reason", reason);
        show(home.home().client().post(url(home, "/" + id + "/promote"), body));
        return 0;
    }

    private void show(JsonNode experiment) {
        JsonNode standings = experiment.path("standings");
        out.line(
                "%s: %s, version %s of %s, %s%s",
                experiment.path("id").asString(),
                experiment.path("state").asString(),
                arms(experiment),
                experiment.path("model").asString(),
                experiment.at("/terms/mode").asString(),
                experiment
                        .path("outcome")
                        .stringValueOpt()
                        .map(why -> ", " + why)
                        .orElse(""));
        if (!standings.isObject()) {
            out.line("Nobody has looked at the forecasts yet");
            return;
        }
        out.line(
                "Challenger's loss %s, interval %s, after %d blocks of %d hours and %d pairs; winner: %s",
                percent(standings.at("/difference/relative")),
                interval(standings.path("difference")),
                standings.path("blocks").asInt(),
                experiment.path("block_hours").asInt(),
                standings.path("pairs").asLong(),
                experiment.path("winner").asString("none yet"));
        out.line(
                "%-8s  %8s  %10s  %10s  %-10s  %s",
                "horizon", "pairs", "control", "challenger", "difference", "interval");
        standings
                .path("horizons")
                .forEach(one -> out.line(
                        "%-8s  %8d  %10s  %10s  %-10s  %s",
                        one.path("horizon").asString(),
                        one.path("pairs").asLong(),
                        loss(one.path("control")),
                        loss(one.path("challenger")),
                        percent(one.at("/difference/relative")),
                        interval(one.path("difference"))));
    }

    private static String arms(JsonNode experiment) {
        return "%d : %d"
                .formatted(
                        experiment.path("control").asInt(),
                        experiment.path("challenger").asInt());
    }

    private static String loss(JsonNode arm) {
        return arm.path("loss").isNumber()
                ? String.format(Locale.ROOT, "%.6f", arm.path("loss").asDouble())
                : "unknown";
    }

    private static String interval(JsonNode difference) {
        return difference.path("lower").isNumber()
                ? "%s to %s".formatted(percent(difference.path("lower")), percent(difference.path("upper")))
                : "unknown";
    }

    private static String percent(JsonNode share) {
        return share.isNumber() ? String.format(Locale.ROOT, "%+.2f %%", 100 * share.asDouble()) : "unknown";
    }

    private static void put(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static String url(HomeOption home, String path) {
        Ports ports = home.running()
                .orElseThrow(() -> new MlpoolException("no pool runs in %s; start one with ./mlpool run"
                        .formatted(home.home().folder())));
        return ports.servingUrl() + "/experiments" + path;
    }
}
