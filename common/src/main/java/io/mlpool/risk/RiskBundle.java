package io.mlpool.risk;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.Flavor;
import io.mlpool.model.MlflowModel;
import io.mlpool.model.ModelBundle;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bundle of a model of risk: boosted trees {@code model.ubj} that {@code mlflow.xgboost.load_model} reads too. MLflow's tools
 * answer with the uncalibrated probability.
 *
 * @param bundle where it lies
 * @param manifest what it says of itself
 * @param golden rows and their answers
 */
public record RiskBundle(ModelBundle bundle, RiskManifest manifest, RiskGolden golden) {

    /** Of xgboost4j, whose files they are. */
    private static final String XGBOOST = "3.0.4";

    /**
     * Writes a bundle, and reads its answers back.
     *
     * @param files folder that is created and must not hold a bundle yet; says too whether to encrypt
     * @param examples rows for the golden answer, at least one
     * @param trees as XGBoost saves them in the format {@code ubj}
     */
    public static RiskBundle write(StoredFolder files, RiskManifest manifest, List<RiskRow> examples, byte[] trees) {
        RiskGolden golden;
        try (RiskModel model = new RiskModel(trees, manifest.definition())) {
            golden = RiskGolden.of(model, examples);
        }
        RiskBundle written = of(ModelBundle.write(files, manifest, golden, trees, mlflow(manifest.definition())));
        try (RiskModel model = written.load()) {
            written.golden().verify(model);
        }
        return written;
    }

    /**
     * A bundle as that of a model of risk.
     *
     * @throws BrokenBundleException when it is not, or does not make sense
     */
    public static RiskBundle of(ModelBundle bundle) {
        return new RiskBundle(bundle, bundle.manifest(RiskManifest.class), bundle.golden(RiskGolden.class));
    }

    /** Opens the trees; the caller closes them. Encrypted ones are decrypted in memory only. */
    public RiskModel load() {
        try {
            return new RiskModel(bundle.weights().bytes(), manifest.definition());
        } catch (IOException e) {
            throw new BrokenBundleException("cannot read the trees of " + bundle.directory(), e);
        }
    }

    private static MlflowModel mlflow(RiskDefinition definition) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("model_class", "xgboost.core.Booster");
        details.put("model_format", "ubj");
        details.put("xgb_version", XGBOOST);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("horizon", "\"%s\"".formatted(definition.event().horizon()));
        metadata.put("drawdown", Double.toString(definition.event().drawdown()));
        metadata.put("locked_fall", Double.toString(definition.event().lockedFall()));
        return new MlflowModel(
                Flavor.XGBOOST,
                details,
                List.of("mlflow", "xgboost>=" + XGBOOST, "pandas"),
                metadata,
                definition.features().stream()
                        .map(RiskFeature::label)
                        .map("{\"type\": \"float\", \"name\": \"%s\", \"required\": true}"::formatted)
                        .collect(Collectors.joining(", ", "[", "]")),
                "[{\"type\": \"float\", \"required\": true}]");
    }
}
