package io.mlpool.serving.jobs;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A header, and an item in each record; what an item does not have is empty. */
final class CsvResult implements ResultWriter {

    private static final List<String> ITEM = List.of("item", "asset", "horizon", "status", "detail");
    private static final List<String> PREDICTION = List.of(
            "prediction_id",
            "vs_currency",
            "interval",
            "as_of",
            "target_time",
            "last_price",
            "predicted_price",
            "probability_up",
            "naive_price",
            "estimated_error",
            "trusted");
    private static final List<String> MODEL = List.of("name", "version", "algorithm");

    private final CSVPrinter out;
    private final JsonMapper json;
    private final List<Double> levels;

    /** @param levels of all models that answered, each a column */
    CsvResult(Writer out, JsonMapper json, List<Double> levels) throws IOException {
        this.json = json;
        this.levels = levels;
        this.out = CSVFormat.RFC4180
                .builder()
                .setHeader(header(levels).toArray(String[]::new))
                .get()
                .print(out);
    }

    @Override
    public void write(ResultRow row) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.item());
        values.add(row.asset());
        values.add(row.horizon());
        values.add(row.status());
        values.add(row.detail());
        if (row.prediction() == null) {
            values.addAll(Collections.nCopies(header(levels).size() - ITEM.size(), null));
        } else {
            add(values, json.readTree(row.prediction()));
        }
        out.printRecord(values);
    }

    private void add(List<@Nullable Object> values, JsonNode prediction) {
        PREDICTION.forEach(name -> values.add(text(prediction.get(name))));
        levels.forEach(level -> values.add(text(prediction.get("quantiles").get(level.toString()))));
        values.add(
                prediction.get("reasons").valueStream().map(JsonNode::asString).collect(Collectors.joining("; ")));
        MODEL.forEach(name -> values.add(text(prediction.get("model").get(name))));
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.asString();
    }

    private static List<String> header(List<Double> levels) {
        List<String> header = new ArrayList<>(ITEM);
        header.addAll(PREDICTION);
        levels.forEach(level -> header.add("quantile_" + level));
        header.add("reasons");
        MODEL.forEach(name -> header.add("model_" + name));
        return header;
    }
}
