package io.mlpool.serving.prediction;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import io.mlpool.features.HistoryTooShortException;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.Answer;
import io.mlpool.serving.forecast.Evidence;
import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.market.Market;
import io.mlpool.serving.market.PastMarkets;
import io.mlpool.serving.performance.Experiences;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Forecasts of series that callers send: features made as in training, all of them inferred in one batch. */
final class SentForecasts {

    private final PastMarkets markets;
    private final Experiences experiences;
    private final Forecasting forecasting;
    private final Rendering rendering;

    SentForecasts(PastMarkets markets, Experiences experiences, Forecasting forecasting, Rendering rendering) {
        this.markets = markets;
        this.experiences = experiences;
        this.forecasting = forecasting;
        this.rendering = rendering;
    }

    /** One outcome for each of the requests, in their order, which all are for this model's interval. */
    List<Outcome> outcomes(LiveForecaster model, List<PredictionRequest> requests, Instant now) {
        Outcome[] outcomes = new Outcome[requests.size()];
        List<Integer> asked = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < outcomes.length; i++) {
            try {
                horizon(model, requests.get(i));
                evidence.add(evidence(model, requests.get(i), now));
                asked.add(i);
            } catch (InvalidRequestException e) {
                outcomes[i] = new Outcome.Refused(e);
            }
        }
        List<Answer> answers = forecasting.answers(model, evidence, experiences.newest(model));
        for (int i = 0; i < asked.size(); i++) {
            Horizon horizon = horizon(model, requests.get(asked.get(i)));
            outcomes[asked.get(i)] = outcome(answers.get(i).forecasts(), horizon, now);
        }
        return List.of(outcomes);
    }

    private Evidence evidence(LiveForecaster model, PredictionRequest request, Instant now) {
        FeatureSchema schema = model.manifest().features();
        String label = label(request.asset());
        CandleSeries series = SentSeries.of(Objects.requireNonNull(request.candles()), schema.interval(), now);
        if (series.isEmpty()) {
            throw tooShort(0, schema.windowBars());
        }
        Market market = markets.at(schema, series.closeTime(series.size() - 1));
        try {
            FeatureWindow window = FeatureWindow.newest(schema, newestBars(series, schema), market.factor());
            return new Evidence(
                    "sent " + digest(window),
                    label,
                    SeriesKey.USD,
                    window,
                    market.doubt(window.asOf()).stream().toList());
        } catch (HistoryTooShortException e) {
            throw tooShort(e.found(), e.needed());
        }
    }

    /** A label of the caller's own, or nothing. */
    private static String label(@Nullable String asset) {
        if (asset != null && asset.isBlank()) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "asset"),
                    "Value error, the name of an asset must not be blank; beside candles it may be left out",
                    asset);
        }
        return asset == null ? "" : asset;
    }

    /** What the model sees names the series: the same candles get the same prediction id. */
    private static UUID digest(FeatureWindow window) {
        ByteBuffer bytes = ByteBuffer.allocate(window.values().length * Float.BYTES + 2 * Double.BYTES);
        bytes.asFloatBuffer().put(window.values());
        bytes.putDouble(window.values().length * Float.BYTES, window.lastPrice());
        bytes.putDouble(window.values().length * Float.BYTES + Double.BYTES, window.volatility());
        return UUID.nameUUIDFromBytes(bytes.array());
    }

    private static CandleSeries newestBars(CandleSeries series, FeatureSchema schema) {
        return series.slice(Math.max(0, series.size() - schema.historyBars()), series.size());
    }

    private static Horizon horizon(LiveForecaster model, PredictionRequest request) {
        return ModelChoice.horizon(
                request.horizon(), new TreeSet<>(model.manifest().shape().horizons()));
    }

    private Outcome outcome(List<Forecast> forecasts, Horizon horizon, Instant now) {
        return forecasts.stream()
                .filter(forecast -> forecast.horizon().equals(horizon))
                .<Outcome>map(forecast -> new Outcome.Answered(rendering.json(forecast, now), forecast.model()))
                .findFirst()
                .orElseGet(() -> new Outcome.Refused(tooWild()));
    }

    private static InvalidRequestException tooWild() {
        return InvalidRequestException.of(
                "value_error",
                List.of("body", "candles"),
                "The prices move so wildly that a forecast of them is no number",
                null);
    }

    private static InvalidRequestException tooShort(int found, int needed) {
        return new InvalidRequestException(List.of(new ErrorDetail(
                "too_short",
                List.of("body", "candles"),
                "A forecast needs %d consecutive candles up to the newest, found %d".formatted(needed, found),
                null,
                Map.of("field_type", "List", "min_length", needed, "actual_length", found))));
    }
}
