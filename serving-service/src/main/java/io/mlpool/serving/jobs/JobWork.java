package io.mlpool.serving.jobs;

import io.mlpool.serving.prediction.Outcome;
import io.mlpool.serving.prediction.PredictionRequest;
import io.mlpool.serving.prediction.PredictionService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** Answers a job chunk by chunk, each like {@code POST /predict/batch}, and stores it before it goes on. */
final class JobWork {

    private final BatchJobs jobs;
    private final PredictionService predictions;
    private final JsonMapper json;
    private final int chunk;

    JobWork(BatchJobs jobs, PredictionService predictions, JsonMapper json, int chunk) {
        this.jobs = jobs;
        this.predictions = predictions;
        this.json = json;
        this.chunk = chunk;
    }

    /** What became of the next chunk. */
    enum Step {
        /** It is stored, there are more. */
        MORE,
        /** It was the last. */
        ALL_DONE,
        /** The job was cancelled. */
        ENDED,
        /** No model is there to ask; later there may be. */
        NOBODY_TO_ASK
    }

    Step next(BatchJobs.Order order) {
        int from = jobs.find(order.id()).map(BatchJob::done).orElse(0);
        int total = order.assets().size() * order.horizons().size();
        List<PredictionRequest> questions = questions(order, from, Math.min(total, from + chunk));
        List<Outcome> outcomes = predictions.predict(questions);
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(JobWork::isUnavailable)) {
            return Step.NOBODY_TO_ASK;
        }
        List<JobItem> items = IntStream.range(0, outcomes.size())
                .mapToObj(i -> item(from + i, questions.get(i), outcomes.get(i)))
                .toList();
        if (!jobs.store(order.id(), items)) {
            return Step.ENDED;
        }
        return from + items.size() == total ? Step.ALL_DONE : Step.MORE;
    }

    private static List<PredictionRequest> questions(BatchJobs.Order order, int from, int to) {
        int horizons = order.horizons().size();
        return IntStream.range(from, to)
                .mapToObj(position -> PredictionRequest.ofKnown(
                        order.assets().get(position / horizons),
                        order.interval(),
                        order.horizons().get(position % horizons)))
                .toList();
    }

    private JobItem item(int position, PredictionRequest question, Outcome outcome) {
        String asset = String.valueOf(question.asset());
        String horizon = String.valueOf(question.horizon());
        return switch (outcome) {
            case Outcome.Answered(byte[] prediction) ->
                new JobItem(position, asset, horizon, new String(prediction, StandardCharsets.UTF_8), null);
            case Outcome.Refused refused ->
                new JobItem(position, asset, horizon, null, json.writeValueAsString(refused.problem()));
        };
    }

    private static boolean isUnavailable(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                && refused.problem().status() == HttpStatus.SERVICE_UNAVAILABLE.value();
    }
}
