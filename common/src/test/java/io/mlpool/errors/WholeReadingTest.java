package io.mlpool.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class WholeReadingTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Numbers(int count, List<Integer> values) {}

    @Test
    void ofVeryManyValuesOnlyTheFirstAreLookedAt() {
        ObjectNode body = JSON.createObjectNode();
        body.put("count", "many");
        ArrayNode values = body.putArray("values");
        for (int i = 0; i < WholeReading.MOST_VALUES; i++) {
            values.add(i);
        }
        values.add("the last");

        List<ErrorDetail> problems = WholeReading.problems(JSON, null, body, JSON.constructType(Numbers.class));

        assertThat(problems).extracting(ErrorDetail::loc).containsExactly(List.of("body", "count"));
    }
}
