package io.mlpool.serving.jobs;

import io.mlpool.model.ForecastShape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job's items as a file, read from the database in pages and sent as they come: memory does not grow with the job. */
final class JobFile {

    private static final int PAGE = 500;
    private static final List<String> FIELDS = List.of(
            "prediction_id",
            "as_of",
            "target_time",
            "last_price",
            "predicted_price",
            "probability_up",
            "naive_price",
            "estimated_error",
            "trusted");

    private final BatchJobs jobs;
    private final JsonMapper json;

    JobFile(BatchJobs jobs, JsonMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    /** One JSON object a line: asset, horizon, and a prediction or an error. */
    void ndjson(UUID id, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        each(id, item -> write(writer, line(item)));
        writer.flush();
    }

    /** A line for each item, quantiles in columns; what has no prediction has its reason in the last column. */
    void csv(UUID id, OutputStream out) throws IOException {
        List<String> header = new ArrayList<>(List.of("asset", "horizon"));
        header.addAll(FIELDS);
        ForecastShape.DEFAULT_LEVELS.forEach(level -> header.add("q" + level));
        header.addAll(List.of("model", "version", "reasons", "error"));
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(header.toArray(String[]::new))
                .get();
        CSVPrinter printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
        each(id, item -> print(printer, record(item)));
        printer.flush();
    }

    private String line(JobItem item) {
        String answer = item.isFailed() ? "\"error\":" + item.error() : "\"prediction\":" + item.prediction();
        return "{\"asset\":%s,\"horizon\":%s,%s}\n"
                .formatted(json.writeValueAsString(item.asset()), json.writeValueAsString(item.horizon()), answer);
    }

    private List<String> record(JobItem item) {
        JsonNode prediction = json.readTree(item.isFailed() ? "{}" : item.prediction());
        List<String> record = new ArrayList<>(List.of(item.asset(), item.horizon()));
        FIELDS.forEach(field -> record.add(prediction.path(field).asString("")));
        ForecastShape.DEFAULT_LEVELS.forEach(level ->
                record.add(prediction.path("quantiles").path(level.toString()).asString("")));
        record.add(prediction.path("model").path("name").asString(""));
        record.add(prediction.path("model").path("version").asString(""));
        record.add(String.join(
                "; ",
                prediction.path("reasons").valueStream().map(JsonNode::asString).toList()));
        record.add(item.isFailed() ? json.readTree(item.error()).path("detail").toString() : "");
        return record;
    }

    private void each(UUID id, Consumer<JobItem> action) {
        List<JobItem> page = jobs.items(id, 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(action);
            page = jobs.items(id, page.getLast().position() + 1, PAGE);
        }
    }

    private static void write(Writer writer, String line) {
        try {
            writer.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the caller does not take the file any more", e);
        }
    }

    private static void print(CSVPrinter printer, List<String> record) {
        try {
            printer.printRecord(record);
        } catch (IOException e) {
            throw new UncheckedIOException("the caller does not take the file any more", e);
        }
    }
}
