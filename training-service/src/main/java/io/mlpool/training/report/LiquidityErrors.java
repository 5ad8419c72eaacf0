package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code error_by_liquidity.json}: how wrong a model is on assets that are traded much and little. A third of the assets is in each group, as
 * serving tells them apart; what nothing is known to be traded of is in {@code unknown}.
 *
 * @param groups of each horizon, the most traded first
 */
record LiquidityErrors(List<Group> groups) {

    private static final String FILE = "error_by_liquidity.json";
    private static final List<String> THIRDS = List.of("high", "middle", "low");
    private static final String UNKNOWN = "unknown";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    LiquidityErrors {
        groups = List.copyOf(groups);
    }

    /**
     * Forecasts of a third of the assets.
     *
     * @param assets how many
     * @param tradedFrom what was traded a day of the least traded, in quote currency; 0 where it is not known
     * @param tradedTo the same of the most traded
     * @param skill how much lower the loss is than the random walk's, in percent
     * @param coverage share of outcomes within the central interval of so many percent
     */
    record Group(
            Horizon horizon,
            String group,
            int assets,
            double tradedFrom,
            double tradedTo,
            LossPair losses,
            double skill,
            Map<String, Double> coverage) {}

    static LiquidityErrors of(Judged judged) {
        Map<String, Double> traded = traded(judged);
        Map<String, String> groupOf = groups(traded);
        List<Group> groups = new ArrayList<>();
        for (int h = 0; h < judged.horizons(); h++) {
            for (String group : List.of("high", "middle", "low", UNKNOWN)) {
                List<String> assets = traded.keySet().stream()
                        .filter(asset -> group.equals(groupOf.get(asset)))
                        .toList();
                Judged part = part(judged, groupOf, group);
                LossPair losses = LossPair.of(part, h, judged.bars(h));
                if (losses.forecasts() > 0) {
                    groups.add(group(part, h, group, assets, traded, losses));
                }
            }
        }
        return new LiquidityErrors(groups);
    }

    private static Group group(
            Judged part, int horizon, String name, List<String> assets, Map<String, Double> traded, LossPair losses) {
        double[] amounts = assets.stream()
                .mapToDouble(traded::get)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Group(
                part.windows().shape().horizons().get(horizon),
                name,
                assets.size(),
                amounts.length == 0 ? 0 : amounts[0],
                amounts.length == 0 ? 0 : amounts[amounts.length - 1],
                losses,
                losses.naiveLoss() == 0 ? 0 : 100 * (1 - losses.loss() / losses.naiveLoss()),
                part.forecasts().coverage(horizon));
    }

    /** By asset, before its first window. */
    private static Map<String, Double> traded(Judged judged) {
        Map<String, Double> traded = new HashMap<>();
        for (int i = 0; i < judged.windows().size(); i++) {
            int first = i;
            traded.computeIfAbsent(
                    judged.windows().asset(i), _ -> judged.windows().traded(first));
        }
        return traded;
    }

    /** As PostgreSQL's ntile(3) divides them. */
    private static Map<String, String> groups(Map<String, Double> traded) {
        List<String> known = traded.entrySet().stream()
                .filter(asset -> asset.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, String> groups = new HashMap<>();
        traded.keySet().forEach(asset -> groups.put(asset, UNKNOWN));
        int at = 0;
        for (int third = 0; third < THIRDS.size(); third++) {
            int size = known.size() / 3 + (third < known.size() % 3 ? 1 : 0);
            for (int i = 0; i < size; i++) {
                groups.put(known.get(at++), THIRDS.get(third));
            }
        }
        return groups;
    }

    private static Judged part(Judged judged, Map<String, String> groupOf, String group) {
        return judged.select(IntStream.range(0, judged.windows().size())
                .filter(i -> group.equals(groupOf.get(judged.windows().asset(i))))
                .toArray());
    }

    void write(ReportFolder folder) {
        folder.write(FILE, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** What was written; empty in the folder of a run from before there was this. */
    static Optional<LiquidityErrors> read(ReportFolder folder) {
        return folder.read(FILE).map(text -> JSON.readValue(text, LiquidityErrors.class));
    }

    List<MetricsTable.Row> table() {
        List<MetricsTable.Row> rows = new ArrayList<>();
        rows.add(new MetricsTable.Row(
                "Ahead",
                List.of(
                        "group",
                        "assets",
                        "traded a day",
                        "forecasts",
                        "skill",
                        "in 50 %",
                        "in 80 %",
                        "in 90 %",
                        "against naive")));
        groups.forEach(one -> rows.add(new MetricsTable.Row(
                one.horizon().label(),
                List.of(
                        one.group(),
                        Integer.toString(one.assets()),
                        one.group().equals(UNKNOWN)
                                ? ""
                                : number("%,.0f", one.tradedFrom()) + number(" to %,.0f", one.tradedTo()),
                        number("%,d", one.losses().forecasts()),
                        number("%+.2f %%", one.skill()),
                        coverage(one, "50"),
                        coverage(one, "80"),
                        coverage(one, "90"),
                        one.losses().verdict().label()))));
        return rows;
    }

    private static String coverage(Group group, String band) {
        return number("%.1f %%", 100 * group.coverage().getOrDefault(band, Double.NaN));
    }

    private static String number(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
