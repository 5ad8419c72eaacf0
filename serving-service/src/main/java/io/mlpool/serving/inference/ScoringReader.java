package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.OnnxForecaster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of MLflow's {@code /invocations}: {@code inputs} and {@code instances} as nested lists or with the tensor's name,
 * {@code dataframe_split} and {@code dataframe_records} with the column {@code window}. Whatever the form, it holds windows one after
 * the other, so that the order of the numbers says all.
 */
final class ScoringReader {

    private static final List<String> FORMS = List.of("dataframe_split", "dataframe_records", "instances", "inputs");
    /** Records in a list, the tensor by its name, its windows, rows and numbers. */
    private static final int DEEPEST = 8;

    private static final int MOST_NUMBERS = 4_000_000;
    private static final int EXPECTED_BYTES_PER_NUMBER = 8;

    private final JsonBytes json;
    private final Numbers numbers;
    private final List<String> forms = new ArrayList<>();
    private @Nullable String model;

    private ScoringReader(byte[] body) {
        this.json = new JsonBytes(body, body.length);
        this.numbers = new Numbers(body.length / EXPECTED_BYTES_PER_NUMBER, MOST_NUMBERS);
    }

    /**
     * What was asked.
     *
     * @param model named in {@code params}; null when none was
     * @param windows numbers of all windows
     */
    record Question(@Nullable String model, float[] windows) {}

    /** @throws RefusedException 400 saying what is wrong where */
    static Question read(byte[] body) {
        ScoringReader reader = new ScoringReader(body);
        if (!reader.json.isObject()) {
            throw new RefusedException(400, "the body must be an object with one of " + FORMS);
        }
        reader.json.object(reader::member);
        reader.json.end();
        if (reader.forms.size() != 1) {
            throw new RefusedException(
                    400, "the body must have exactly one of %s, found %s".formatted(FORMS, reader.forms));
        }
        return new Question(reader.model, reader.numbers.toArray());
    }

    private void member(String name) {
        if (name.equals("params")) {
            json.object(this::parameter);
            return;
        }
        if (!FORMS.contains(name)) {
            throw new RefusedException(400, "unknown member %s, known are %s and params".formatted(name, FORMS));
        }
        forms.add(name);
        if (name.equals("dataframe_split")) {
            json.object(this::split);
        } else {
            values(0);
        }
    }

    private void parameter(String name) {
        if (name.equals("model")) {
            model = json.string();
        } else {
            json.skip();
        }
    }

    private void split(String name) {
        switch (name) {
            case "data" -> values(0);
            case "columns" -> json.list(() -> requireWindow(json.string()));
            default -> json.skip();
        }
    }

    /** Numbers, lists of values, or objects that hold the tensor by its name. */
    private void values(int depth) {
        if (depth > DEEPEST) {
            throw new RefusedException(400, "the numbers are nested deeper than %d".formatted(DEEPEST));
        }
        if (json.isList()) {
            json.list(() -> values(depth + 1));
        } else if (json.isObject()) {
            json.object(name -> {
                requireWindow(name);
                values(depth + 1);
            });
        } else {
            numbers.add(json.number());
        }
    }

    private static void requireWindow(String name) {
        if (!name.equals(OnnxForecaster.INPUT)) {
            throw new RefusedException(
                    400, "unknown input '%s', the model takes '%s'".formatted(name, OnnxForecaster.INPUT));
        }
    }
}
