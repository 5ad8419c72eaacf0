package io.mlpool.serving.online;

import io.mlpool.features.FeatureSchema;
import io.mlpool.serving.book.BookEntry;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecaster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a live model saw in the newest candle of each asset. A value that is old is shown all the same. */
record ModelFeatures(LiveForecaster model, ForecastBook book) implements FeatureSource {

    @Override
    public String name() {
        return model.slot().model();
    }

    @Override
    public List<String> features() {
        return schema().names();
    }

    @Override
    public List<List<Cell>> columns(List<Integer> features, List<String> assets, Instant now) {
        Instant oldest = now.minus(schema().interval().duration().multipliedBy(2));
        return features.stream()
                .map(feature -> assets.stream()
                        .map(asset -> cell(asset, feature, oldest))
                        .toList())
                .toList();
    }

    private Cell cell(String asset, int feature, Instant oldest) {
        Optional<BookEntry> entry = book.find(model.slot(), asset).filter(found -> found.features().length > 0);
        return entry.map(found -> new Cell(
                        found.features()[feature],
                        found.asOf().isBefore(oldest) ? Status.OUTSIDE_MAX_AGE : Status.PRESENT,
                        found.asOf(),
                        Instant.EPOCH))
                .orElse(Cell.NOT_FOUND);
    }

    private FeatureSchema schema() {
        return model.manifest().features();
    }
}
