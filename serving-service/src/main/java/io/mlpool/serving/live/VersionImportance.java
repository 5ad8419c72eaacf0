package io.mlpool.serving.live;

import io.mlpool.model.FeatureImportance;
import io.mlpool.model.FeatureImportance.Rise;
import io.mlpool.model.FeatureImportance.TreeShare;
import java.util.List;

/**
 * What a version leans on; see {@link FeatureImportance}.
 *
 * @param loss of the windows as they are
 */
record VersionImportance(
        String name,
        int version,
        int windows,
        int repeats,
        double loss,
        List<Rise> features,
        List<Rise> families,
        List<TreeShare> trees) {

    static VersionImportance of(String model, int version, FeatureImportance importance) {
        return new VersionImportance(
                model,
                version,
                importance.windows(),
                importance.repeats(),
                importance.loss(),
                importance.features(),
                importance.families(),
                importance.trees());
    }
}
