package io.mlpool.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code ./mlpool study}. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = {
            "Tries a model out in several ways, shows how good each one is, trains the best one in full, and says whether it was promoted.",
            "The file says what to try, docs/studies.md how. A pool need not be running; if one is, it does the work.",
            "A study that was interrupted goes on where it was when its file has an id."
        })
final class StudyCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Parameters(paramLabel = "FILE", description = "The study as JSON, as POST /studies takes it")
    private Path file = Path.of("");

    @Mixin
    private Output out = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        JsonNode request = request();
        if (request.path("executed_by").asString("").equals("job")) {
            throw new MlpoolException(
                    "%s is for pods of a job (docs/studies.md): without \"executed_by\" this pool executes it itself"
                            .formatted(file));
        }
        return home.running()
                .map(ports -> study(
                        ports, request, ". The pool that runs does it, Ctrl-C leaves it there; POST %s/cancel ends it"))
                .orElseGet(() -> {
                    home.home().requirePool("");
                    return Alone.with(home.home(), pool -> alone(pool, request));
                });
    }

    private int alone(Pool pool, JsonNode request) {
        pool.startTraining(Map.of(
                "mlpool.training.triggers.intervals",
                "",
                "mlpool.training.anomaly.intervals",
                "",
                "mlpool.training.study.look",
                "1s"));
        return study(pool.ports(), request, ". Ctrl-C stops it, the same command goes on");
    }

    /** @param meanwhile what may be done, with a place for the study's address */
    private int study(Ports ports, JsonNode request, String meanwhile) {
        PoolClient client = home.home().client();
        String id = client.post(ports.trainingUrl() + "/studies", request)
                .path("id")
                .asString();
        String study = ports.trainingUrl() + "/studies/" + id;
        Following following = new Following(client, ports.trainingUrl(), System.out);
        int trials = client.get(study).path("trials").asInt();
        out.line("Study %s, trials: %d%s", id, trials, meanwhile.replace("%s", study));
        JsonNode closed = closed(client, study, following);
        print(client.get(study + "/trials"));
        return closed.path("best_run")
                .stringValueOpt()
                .map(run -> best(following, closed, run))
                .orElseGet(() -> none(closed));
    }

    private int none(JsonNode closed) {
        out.line(
                "No trial succeeded (study: %s); one with another id begins anew",
                closed.path("state").asString());
        return 1;
    }

    /** Follows each trial, also those that come when others are over, until it is closed. */
    private JsonNode closed(PoolClient client, String study, Following following) {
        Set<String> followed = new HashSet<>();
        while (true) {
            JsonNode answer = client.get(study);
            for (JsonNode trial : client.get(study + "/trials")) {
                if (followed.add(trial.path("run_id").asString())) {
                    out.line("Trial %d: %s", trial.path("number").asInt(), inWords(trial));
                    following.follow(trial.path("run_id").asString());
                }
            }
            if (!answer.path("closed_at").isNull()) {
                return answer;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private int best(Following following, JsonNode study, String run) {
        out.line("Training trial %d in full", study.path("best_trial").asInt());
        return following.follow(run).path("state").asString().equals("succeeded") ? 0 : 1;
    }

    private void print(JsonNode trials) {
        out.line("%n%5s  %8s  %s", "trial", "skill %", "what differs");
        for (JsonNode trial : trials) {
            String skill = trial.path("skill").isNumber()
                    ? String.format(Locale.ROOT, "%+8.2f", trial.path("skill").asDouble())
                    : "%8s".formatted(trial.path("state").asString());
            out.line("%5d  %s  %s", trial.path("number").asInt(), skill, inWords(trial));
        }
    }

    /** What a trial differs in: {@code width 64, learns from bitcoin, seed 2}. */
    private static String inWords(JsonNode trial) {
        StringBuilder words = new StringBuilder();
        trial.path("hyper_parameters")
                .forEachEntry((name, value) ->
                        words.append(name).append(' ').append(value.asString()).append(", "));
        if (!trial.path("learn_from").isEmpty()) {
            words.append("learns from ");
            trial.path("learn_from")
                    .forEach(asset -> words.append(asset.asString()).append(", "));
        }
        words.append("seed ").append(trial.path("seed").asLong());
        if (trial.path("fold").isNumber()) {
            words.append(", on fold ").append(trial.path("fold").asInt() + 1);
        }
        return words.toString();
    }

    private JsonNode request() {
        try {
            return PoolClient.JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new MlpoolException("there is no file " + file, e);
        } catch (IOException e) {
            throw new MlpoolException("cannot read %s: %s".formatted(file, e), e);
        } catch (JacksonException e) {
            throw new MlpoolException("%s is no JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }
}
