package io.mlpool.standalone;

import io.mlpool.registry.Alias;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The intervals that a champion answers for. */
final class LiveIntervals {

    private LiveIntervals() {}

    static List<String> of(PoolClient client, String servingUrl) {
        return client.get(servingUrl + "/models")
                .path("models")
                .valueStream()
                .map(model -> model.path("live").path(Alias.CHAMPION.label()))
                .filter(JsonNode::isObject)
                .map(live -> live.path("interval").asString())
                .distinct()
                .toList();
    }
}
