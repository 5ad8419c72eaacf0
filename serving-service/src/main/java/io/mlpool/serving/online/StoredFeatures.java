package io.mlpool.serving.online;

import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Asked;
import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.PublishedView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the feature store knows of a view. A value that is older than the view allows is not shown. */
record StoredFeatures(PublishedView view, FeatureReader reader) implements FeatureSource {

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public List<String> features() {
        return view.definition().names();
    }

    @Override
    public List<List<Cell>> columns(List<Integer> features, List<String> assets, Instant now) {
        return columns(
                features,
                assets.stream().map(asset -> new Asked(asset, now, now)).toList());
    }

    /** The same at a time of their own for each asset. */
    List<List<Cell>> columns(List<Integer> features, List<Asked> asked) {
        List<@Nullable Known> known = reader.asOf(view, asked);
        List<List<Cell>> columns = new ArrayList<>();
        for (int feature : features) {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                cells.add(cell(known.get(i), feature, asked.get(i).at()));
            }
            columns.add(cells);
        }
        return columns;
    }

    private Cell cell(@Nullable Known known, int feature, Instant at) {
        if (known == null) {
            return Cell.NOT_FOUND;
        }
        Instant event = known.row().eventTime();
        float value = known.row().values()[feature];
        if (event.isBefore(at.minus(view.definition().freshness()))) {
            return new Cell(null, Status.OUTSIDE_MAX_AGE, event, known.createdAt());
        }
        return Float.isNaN(value)
                ? new Cell(null, Status.NULL_VALUE, event, known.createdAt())
                : new Cell(value, Status.PRESENT, event, known.createdAt());
    }
}
