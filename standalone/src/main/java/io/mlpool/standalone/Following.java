package io.mlpool.standalone;

import io.mlpool.training.run.ProgressBar;
import io.mlpool.training.run.RecordedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A training run as its stream of events tells it, shown as it goes. */
final class Following {

    private final PrintStream out;
    private final PoolClient client;
    private final Clock clock = Clock.systemUTC();
    private final String trainingUrl;
    private final ProgressBar bar;

    Following(PoolClient client, String trainingUrl, PrintStream out) {
        this.client = client;
        this.trainingUrl = trainingUrl;
        this.out = out;
        this.bar = new ProgressBar(out, Steps.onTerminal());
    }

    /**
     * Starts a run, shows it, and waits for its end.
     *
     * @param request as in {@code POST /runs}
     * @return the run as it ended
     */
    JsonNode start(Map<String, Object> request) {
        return follow(client.post(trainingUrl + "/runs", request).path("id").asString());
    }

    /** Shows a run that is there already, from its beginning, and waits for its end. */
    JsonNode follow(String id) {
        JsonNode run = watch(id);
        inMlflow(run).ifPresent(out::println);
        return run;
    }

    /** Where to compare a run with others; empty when the pool keeps its runs to itself. */
    static Optional<String> inMlflow(JsonNode run) {
        return run.path("tracking_url").stringValueOpt().map("In MLflow: %s"::formatted);
    }

    private JsonNode watch(String id) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                client.events(trainingUrl + "/runs/" + id + "/events"), StandardCharsets.UTF_8))) {
            show(lines);
        } catch (IOException e) {
            throw new MlpoolException(
                    "the stream of run %s broke: %s; where the pool still runs the run goes on, see %s/runs/%s"
                            .formatted(id, e.getMessage(), trainingUrl, id),
                    e);
        }
        return client.get(trainingUrl + "/runs/" + id);
    }

    /** Fields of an event stand on a line each, an empty line ends it (HTML standard, section 9.2.6). */
    private void show(BufferedReader lines) throws IOException {
        String kind = "";
        long id = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id:")) {
                id = Long.parseLong(line.substring(3).strip());
            } else if (line.startsWith("event:")) {
                kind = line.substring(6).strip();
            } else if (line.startsWith("data:") && !kind.equals("end")) {
                bar.show(RecordedEvent.read(id, kind, line.substring(5), clock.instant()));
            }
        }
    }
}
