package io.mlpool.training.tracking;

import io.mlpool.mlflow.Runs;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.pipeline.RunJson;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A snapshot as MLflow shows data sets. */
final class SnapshotInput {

    /** What MLflow takes of a digest; the whole one is in the source. */
    private static final int DIGEST = 36;

    private SnapshotInput() {}

    static Runs.Input of(DatasetSnapshot snapshot) {
        return new Runs.Input(
                "candles-" + snapshot.interval().label(),
                snapshot.version().substring(0, DIGEST),
                "mlpool",
                RunJson.MAPPER.writeValueAsString(snapshot),
                RunJson.MAPPER.writeValueAsString(Map.of("mlflow_colspec", columns())),
                RunJson.MAPPER.writeValueAsString(Map.of(
                        "num_rows", snapshot.rows(),
                        "num_assets", snapshot.assets().size())),
                "training");
    }

    /** The columns that the snapshot's digest is over. */
    private static List<Map<String, Object>> columns() {
        return Stream.concat(
                        Stream.of(column("asset", "string"), column("open_time", "datetime")),
                        Stream.of("open", "high", "low", "close", "volume").map(name -> column(name, "double")))
                .toList();
    }

    private static Map<String, Object> column(String name, String type) {
        return Map.of("name", name, "type", type, "required", !name.equals("volume"));
    }
}
