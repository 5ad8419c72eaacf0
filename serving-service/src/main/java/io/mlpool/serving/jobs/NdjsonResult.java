package io.mlpool.serving.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.mlpool.serving.forecast.Prediction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An item in each line, shaped like those of {@code /predict/batch}. */
final class NdjsonResult implements ResultWriter {

    private final Writer out;
    private final JsonMapper json;

    NdjsonResult(Writer out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    /**
     * A line.
     *
     * @param prediction this or {@code error}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            int item,
            String asset,
            String horizon,

            @JsonRawValue @Schema(implementation = Prediction.class) @Nullable String prediction,

            @Nullable Problem error) {

        static Line of(ResultRow row) {
            Problem error = row.isRefused()
                    ? new Problem(Objects.requireNonNull(row.status()), Objects.requireNonNull(row.detail()))
                    : null;
            return new Line(row.item(), row.asset(), row.horizon(), row.prediction(), error);
        }
    }

    /** Status and detail that the question alone would have got. */
    record Problem(int status, String detail) {}

    @Override
    public void write(ResultRow row) throws IOException {
        out.write(json.writeValueAsString(Line.of(row)));
        out.write('\n');
    }
}
