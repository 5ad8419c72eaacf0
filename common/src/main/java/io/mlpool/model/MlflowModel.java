package io.mlpool.model;

import java.util.List;
import java.util.Map;

/**
 * What MLflow's tools are told of a model.
 *
 * @param details what its flavor asks for beside the weights, by name; values as YAML writes them
 * @param requirements packages of Python that load it, as pip names them
 * @param metadata what people may want to know, by name; values as YAML writes them, and YAML takes JSON
 * @param inputs schema of what goes in, as JSON
 * @param outputs schema of what comes out, as JSON
 */
public record MlflowModel(
        Flavor flavor,
        Map<String, String> details,
        List<String> requirements,
        Map<String, String> metadata,
        String inputs,
        String outputs) {

    public MlflowModel {
        requirements = List.copyOf(requirements);
    }
}
