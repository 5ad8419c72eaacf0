package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlgorithmsTableTest {

    private static final String PROBABILITY =
            "\"against_naive\":{\"horizons\":[{\"verdict\":{\"probability\":0.00012}}]}";

    @Test
    void theNewestRunOfEachAlgorithmOnTheSameWindowsBestFirst() {
        List<JsonNode> runs = Stream.of(
                        run("volatility", 6, 100, 0.63, -0.5, "\"reason\":\"too few\""),
                        run("lstm", 5, 100, 0.62, 2.5, PROBABILITY),
                        run("lstm", 4, 100, 0.1, 90, "\"reason\":\"older\""),
                        run("xgboost", 3, 99, 0.1, 90, "\"reason\":\"other windows\""))
                .map(new JsonMapper()::readTree)
                .toList();
        assertThat(AlgorithmsTable.of(runs)
                        .markdown()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(5))
                .containsExactly(
                        "price-1h, held-out slice A to B, 100 windows of 2 assets.",
                        "| algorithm | version | wQL 1h | skill 1h | p 1h | 80 % 1h |",
                        "| --- | --- | --- | --- | --- | --- |",
                        "| lstm | 5 | 0.6200 | +2.50 | 1.2e-04 | 81.2 |",
                        "| volatility | 6 | 0.6300 | -0.50 | - | 81.2 |");
    }

    private static String run(String algorithm, int version, int windows, double wql, double skill, String decision) {
        return """
                {"state":"succeeded","model":"price-1h","algorithm":"%s","version":%d,"decision":{%s},
                 "evaluation":{"from":"A","until":"B","windows":%d,"assets":2,"horizons":[
                  {"horizon":"1h","wql":%s,"skill_vs_naive":%s,"coverage":{"80":0.8123}}]}}""".formatted(algorithm, version, decision, windows, wql, skill);
    }
}
