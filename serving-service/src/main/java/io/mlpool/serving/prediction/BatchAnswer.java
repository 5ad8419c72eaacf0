package io.mlpool.serving.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.serving.forecast.Prediction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What became of the requests of a batch, in their order. */
record BatchAnswer(List<Item> results) {

    /** One of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            @JsonRawValue @Schema(implementation = Prediction.class) @Nullable String prediction,

            @Nullable Problem error) {}

    static BatchAnswer of(List<Outcome> outcomes) {
        return new BatchAnswer(IntStream.range(0, outcomes.size())
                .mapToObj(i -> item(outcomes.get(i), i))
                .toList());
    }

    private static Item item(Outcome outcome, int position) {
        return switch (outcome) {
            case Outcome.Answered answered -> new Item(new String(answered.prediction(), StandardCharsets.UTF_8), null);
            case Outcome.Refused(InvalidRequestException invalid) ->
                new Item(null, new Problem(422, within(invalid, position)));
            case Outcome.Refused refused -> new Item(null, refused.problem());
        };
    }

    /** Details of an item say where in the batch it stands. */
    private static List<ErrorDetail> within(InvalidRequestException invalid, int position) {
        return invalid.details().stream()
                .map(detail -> detail.within(List.of("body", "requests", position)))
                .toList();
    }
}
