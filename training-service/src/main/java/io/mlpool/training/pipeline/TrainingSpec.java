package io.mlpool.training.pipeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.training.dataset.DatasetRequest;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.NoDataException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run is asked to do. What came later to this record is only written down where it says something, so that a service of the
 * version before, which refuses what it does not know, can still take up such runs.
 *
 * @param runId lower-case letters, digits and hyphens; names the run's folder
 * @param assets whose candles are read; empty for all there are
 * @param until close time of the newest candle to use (inclusive); absent for all there are
 * @param fineTune whether to start from the champion's network, where it has one
 * @param seed of every random choice
 * @param hyperParameters of the trainer by name, where they differ from its settings
 * @param learnFrom the assets among them that the model learns from; it is judged on all of them. Empty for all
 * @param chosenUntil close time of the newest candle that this way was chosen by, among others; what judges the model comes after.
 *     Absent when it was not chosen by any
 * @param fold the only fold that a trial is judged on, counted from 0; absent for all of them
 */
public record TrainingSpec(
        String runId,
        Interval interval,
        List<String> assets,
        Optional<Instant> until,
        Algorithm algorithm,
        boolean fineTune,
        long seed,

        @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, String> hyperParameters,

        @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> learnFrom,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Instant> chosenUntil,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> fold) {

    private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public TrainingSpec {
        if (!isRunId(runId)) {
            throw new IllegalArgumentException(
                    "run id must be up to 64 lower-case letters, digits and hyphens, found '%s'".formatted(runId));
        }
        assets = List.copyOf(assets);
        hyperParameters = Map.copyOf(hyperParameters);
        learnFrom = List.copyOf(requireAmong(assets, learnFrom));
    }

    /** Whether a run may be called so; such a name leads nowhere but into its own folder. */
    public static boolean isRunId(String name) {
        return RUN_ID.matcher(name).matches();
    }

    /** A run that is judged on all there is and was not chosen among others. */
    public TrainingSpec(
            String runId,
            Interval interval,
            List<String> assets,
            Optional<Instant> until,
            Algorithm algorithm,
            boolean fineTune,
            long seed,
            Map<String, String> hyperParameters,
            List<String> learnFrom) {
        this(
                runId,
                interval,
                assets,
                until,
                algorithm,
                fineTune,
                seed,
                hyperParameters,
                learnFrom,
                Optional.empty(),
                Optional.empty());
    }

    /** Refuses assets to learn from that are not among those that are read. */
    public static List<String> requireAmong(List<String> assets, List<String> learnFrom) {
        if (!assets.isEmpty() && !assets.containsAll(learnFrom)) {
            throw new IllegalArgumentException(
                    "learn_from must be among the assets %s, found %s".formatted(assets, learnFrom));
        }
        return learnFrom;
    }

    /** A run with nothing out of the ordinary: an LSTM, afresh, over every asset. */
    public static TrainingSpec of(String runId, Interval interval) {
        return new TrainingSpec(
                runId, interval, List.of(), Optional.empty(), Algorithm.LSTM, false, 1, Map.of(), List.of());
    }

    /**
     * A misspelt asset would else be passed over without a word.
     *
     * @throws NoDataException when one that is to be learned from is not among those that are used
     */
    void requireLearnable(DatasetSnapshot used) {
        List<String> missing = learnFrom.stream()
                .filter(asset -> !used.assets().contains(asset))
                .toList();
        if (!missing.isEmpty()) {
            throw new NoDataException("learn_from: there are not enough %s candles of %s, there are of %s"
                    .formatted(interval, String.join(", ", missing), String.join(", ", used.assets())));
        }
    }

    /** Name under which the model is registered. */
    public String model() {
        return modelOf(interval);
    }

    public static String modelOf(Interval interval) {
        return "price-" + interval;
    }

    /** The same under another name. */
    public TrainingSpec named(String name) {
        return with(name, until, chosenUntil, fold);
    }

    /** The same, judged on all folds, chosen among others by candles until then. */
    public TrainingSpec chosenBy(Instant newest) {
        return with(runId, until, Optional.of(newest), Optional.empty());
    }

    /** The same, judged on one fold alone, counted from 0. */
    public TrainingSpec onFold(int only) {
        return with(runId, until, chosenUntil, Optional.of(only));
    }

    /** The same over candles that are closed by then, where it does not say itself until when. */
    public TrainingSpec orUntil(Instant close) {
        return with(runId, until.or(() -> Optional.of(close)), chosenUntil, fold);
    }

    private TrainingSpec with(String name, Optional<Instant> last, Optional<Instant> chosen, Optional<Integer> only) {
        return new TrainingSpec(
                name, interval, assets, last, algorithm, fineTune, seed, hyperParameters, learnFrom, chosen, only);
    }

    /** The candles to read, or to read again when a run goes on. */
    DatasetRequest candles(int steps, Optional<DatasetSnapshot> earlier) {
        return earlier.map(one -> new DatasetRequest(
                        interval,
                        Stream.concat(one.assets().stream(), one.leftOut().keySet().stream())
                                .toList(),
                        Optional.of(one.watermark()),
                        steps))
                .orElseGet(() -> new DatasetRequest(interval, assets, until, steps));
    }
}
