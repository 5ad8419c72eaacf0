package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.LockedFigures;
import io.mlpool.market.CandleSeries;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.DatasetRequest;
import io.mlpool.training.dataset.DatasetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads what points are made of.
 *
 * @param snapshot see {@link io.mlpool.market.Snapshots}
 */
public record AnomalyReader(DatasetReader candles, JdbcClient jdbc, TransactionTemplate snapshot) {

    AnomalyData read(AnomalySpec spec, AnomalySettings settings) {
        return Objects.requireNonNull(snapshot.execute(status -> readConsistently(spec, settings)));
    }

    private AnomalyData readConsistently(AnomalySpec spec, AnomalySettings settings) {
        Dataset dataset = candles.read(new DatasetRequest(spec.interval(), spec.assets(), spec.until(), 1));
        DatasetSnapshot snapshot = dataset.snapshot();
        return new AnomalyData(
                dataset, LockedFigures.changes(jdbc, snapshot.assets(), Instant.EPOCH, snapshot.watermark()), settings);
    }

    /** The series of a model's market, from the snapshot where they are in it. */
    List<CandleSeries> market(AnomalyData data, AnomalyManifest model) {
        List<String> known = data.snapshot().assets();
        List<String> missing =
                model.market().stream().filter(asset -> !known.contains(asset)).toList();
        return Stream.concat(
                        data.candles().series().stream()
                                .filter(one -> model.market().contains(one.key().asset())),
                        candles.series(missing, data.interval(), data.snapshot().watermark()).stream())
                .toList();
    }
}
