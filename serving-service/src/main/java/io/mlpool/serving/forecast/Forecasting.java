package io.mlpool.serving.forecast;

import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Horizon;
import io.mlpool.model.PriceDistribution;
import io.mlpool.serving.live.LiveForecaster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a model about many windows at once, and makes prices of its scaled returns. */
public final class Forecasting {

    private final Doubts doubts;

    public Forecasting(Doubts doubts) {
        this.doubts = doubts;
    }

    /**
     * One answer for each piece of evidence, in its order.
     *
     * @param experience of this version
     */
    public List<Answer> answers(LiveForecaster model, List<Evidence> evidence, Experience experience) {
        if (evidence.isEmpty()) {
            return List.of();
        }
        float[] answers = model.forecast(batch(model.manifest().features(), evidence), evidence.size());
        List<Answer> told = new ArrayList<>();
        for (int item = 0; item < evidence.size(); item++) {
            List<Forecast> forecasts = forecasts(model, evidence.get(item), answers, item, experience);
            told.add(new Answer(
                    forecasts, Watched.of(model.manifest(), evidence.get(item).window(), answers, item)));
        }
        return told;
    }

    private List<Forecast> forecasts(
            LiveForecaster model, Evidence evidence, float[] answers, int item, Experience experience) {
        ForecastManifest manifest = model.manifest();
        List<String> all = Stream.concat(evidence.doubts().stream(), doubts.about(manifest, evidence.window()).stream())
                .toList();
        List<Forecast> forecasts = new ArrayList<>();
        for (int horizon = 0; horizon < manifest.shape().horizons().size(); horizon++) {
            double[] scaled = experience
                    .correction(evidence.window().asOf(), horizon)
                    .apply(manifest.calibration().apply(answers, item, horizon));
            Horizon ahead = manifest.shape().horizons().get(horizon);
            double scale = scale(evidence.window(), ahead);
            Optional<PriceDistribution> prices = prices(manifest, evidence.window(), scale, scaled);
            if (prices.isEmpty()) {
                return List.of();
            }
            double ratio = experience.ratios().of(evidence.asset(), horizon);
            forecasts.add(forecast(ModelLabel.of(model), evidence, ahead, prices.get(), scale, ratio, all));
        }
        return forecasts;
    }

    private static Forecast forecast(
            ModelLabel label,
            Evidence evidence,
            Horizon horizon,
            PriceDistribution prices,
            double scale,
            double errorRatio,
            List<String> doubts) {
        FeatureWindow window = evidence.window();
        return new Forecast(
                Forecast.id(label, evidence.series(), window.asOf(), horizon),
                label,
                evidence.asset(),
                evidence.vsCurrency(),
                window.schema().interval(),
                window.asOf(),
                horizon,
                window.lastPrice(),
                prices,
                scale,
                errorRatio * prices.expectedAbsoluteError(),
                doubts);
    }

    private static double scale(FeatureWindow window, Horizon horizon) {
        return window.volatility() * Math.sqrt(horizon.bars(window.schema().interval()));
    }

    /** Empty when a price would be infinite or nothing: the last price times the exponential left the numbers there are. */
    private static Optional<PriceDistribution> prices(
            ForecastManifest manifest, FeatureWindow window, double scale, double[] scaled) {
        double lowest = window.lastPrice() * Math.exp(scaled[0] * scale);
        double highest = window.lastPrice() * Math.exp(scaled[scaled.length - 1] * scale);
        if (!(lowest > 0) || !(highest < Double.POSITIVE_INFINITY)) {
            return Optional.empty();
        }
        return Optional.of(PriceDistribution.of(manifest.shape().levels(), scaled, window.lastPrice(), scale));
    }

    private static float[] batch(FeatureSchema schema, List<Evidence> evidence) {
        int size = schema.steps() * schema.width();
        float[] batch = new float[evidence.size() * size];
        for (int i = 0; i < evidence.size(); i++) {
            System.arraycopy(evidence.get(i).window().values(), 0, batch, i * size, size);
        }
        return batch;
    }
}
