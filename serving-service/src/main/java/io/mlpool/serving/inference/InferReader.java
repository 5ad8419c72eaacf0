package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.OnnxForecaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a body of {@code infer}: JSON, or JSON with the numbers behind it in binary (Triton's binary tensor data extension). */
final class InferReader {

    /** More than 256 windows of any schema there is. */
    private static final int MOST_NUMBERS = 4_000_000;

    private static final int EXPECTED_BYTES_PER_NUMBER = 8;

    private final byte[] body;
    private final int jsonLength;
    private final JsonBytes json;
    private @Nullable String id;
    private boolean binaryOutputs;
    private @Nullable Tensor tensor;
    private final List<InferRequest.Output> outputs = new ArrayList<>();
    private final List<@Nullable Boolean> binary = new ArrayList<>();

    private InferReader(byte[] body, int jsonLength) {
        this.body = body;
        this.jsonLength = jsonLength;
        this.json = new JsonBytes(body, jsonLength);
    }

    private static final class Tensor {
        private String name = "";
        private String datatype = "";
        private final List<Integer> shape = new ArrayList<>();
        private @Nullable Numbers data;
        private int binarySize = -1;
    }

    /**
     * Reads it.
     *
     * @param jsonLength bytes of it that are JSON; what follows is binary
     * @throws RefusedException 400 saying what is wrong where
     */
    static InferRequest read(byte[] body, int jsonLength) {
        if (jsonLength < 0 || jsonLength > body.length) {
            throw new RefusedException(
                    400,
                    "Inference-Header-Content-Length is %d, the body has %d bytes".formatted(jsonLength, body.length));
        }
        return new InferReader(body, jsonLength).read();
    }

    private InferRequest read() {
        json.object(this::member);
        json.end();
        Tensor found = tensor;
        if (found == null) {
            throw new RefusedException(
                    400, "inputs must hold the one tensor %s, found none".formatted(OnnxForecaster.INPUT));
        }
        return new InferRequest(id, found.shape, values(found), wanted());
    }

    private void member(String name) {
        switch (name) {
            case "id" -> id = json.string("id");
            case "parameters" -> json.object(this::parameter);
            case "inputs" -> json.list(this::input);
            case "outputs" -> json.list(this::output);
            case "model_name", "model_version" -> json.skip(); // KServe's client says it here too
            default ->
                throw new RefusedException(
                        400, "unknown member %s, known are id, parameters, inputs, outputs".formatted(name));
        }
    }

    private void parameter(String name) {
        if (name.equals("binary_data_output")) {
            binaryOutputs = json.isTrue();
        } else {
            json.skip();
        }
    }

    private void input() {
        Tensor read = new Tensor();
        json.object(name -> member(read, name));
        if (tensor != null) {
            throw new RefusedException(
                    400,
                    read.name.equals(tensor.name)
                            ? "inputs hold '%s' twice, the model takes it once".formatted(read.name)
                            : "inputs must hold the one tensor %s, found '%s' and '%s'"
                                    .formatted(OnnxForecaster.INPUT, tensor.name, read.name));
        }
        tensor = read;
    }

    private void member(Tensor read, String name) {
        switch (name) {
            case "name" -> read.name = json.string("the name of an input");
            case "datatype" -> read.datatype = json.string("datatype");
            case "shape" -> json.list(() -> read.shape.add(json.size()));
            case "parameters" ->
                json.object(parameter -> {
                    if (parameter.equals("binary_data_size")) {
                        read.binarySize = json.size();
                    } else {
                        json.skip();
                    }
                });
            case "data" -> {
                if (read.data != null) {
                    throw new RefusedException(400, "an input has its data twice");
                }
                Numbers numbers = new Numbers(jsonLength / EXPECTED_BYTES_PER_NUMBER, MOST_NUMBERS);
                read.data = numbers;
                data(numbers, 0);
            }
            default ->
                throw new RefusedException(
                        400,
                        "unknown member %s of an input, known are name, shape, datatype, parameters, data"
                                .formatted(name));
        }
    }

    /** Flat or nested as the shape says; the protocol leaves it to the sender. */
    private void data(Numbers numbers, int depth) {
        if (depth > 3) {
            throw new RefusedException(
                    400, "data of %s are nested deeper than their shape".formatted(OnnxForecaster.INPUT));
        }
        if (json.isListOfLists()) {
            json.list(() -> data(numbers, depth + 1));
        } else {
            json.numbers(numbers);
        }
    }

    private void output() {
        String[] name = {""};
        @Nullable Boolean[] sent = {null};
        json.object(member -> {
            switch (member) {
                case "name" -> name[0] = json.string("the name of an output");
                case "parameters" ->
                    json.object(parameter -> {
                        if (parameter.equals("binary_data")) {
                            sent[0] = json.isTrue();
                        } else {
                            json.skip();
                        }
                    });
                default -> json.skip();
            }
        });
        if (outputs.stream().anyMatch(one -> one.name().equals(name[0]))) {
            throw new RefusedException(400, "outputs name '%s' twice".formatted(name[0]));
        }
        Outputs.requireKnown(name[0]);
        outputs.add(new InferRequest.Output(name[0], false));
        binary.add(sent[0]);
    }

    private List<InferRequest.Output> wanted() {
        if (outputs.isEmpty()) {
            return Outputs.NAMES.stream()
                    .map(name -> new InferRequest.Output(name, binaryOutputs))
                    .toList();
        }
        List<InferRequest.Output> wanted = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Boolean own = binary.get(i);
            wanted.add(new InferRequest.Output(outputs.get(i).name(), own == null ? binaryOutputs : own));
        }
        return wanted;
    }

    private float[] values(Tensor found) {
        if (!found.name.equals(OnnxForecaster.INPUT)) {
            throw new RefusedException(
                    400, "unknown input '%s', the model takes '%s'".formatted(found.name, OnnxForecaster.INPUT));
        }
        Datatype datatype = Datatype.of(found.datatype);
        Numbers data = found.data;
        if (data != null) {
            return datatype.require(data.toArray());
        }
        if (found.binarySize != body.length - jsonLength) {
            throw new RefusedException(
                    400,
                    found.binarySize < 0
                            ? "input %s has no data".formatted(found.name)
                            : "binary_data_size is %d, %d bytes follow the JSON"
                                    .formatted(found.binarySize, body.length - jsonLength));
        }
        return datatype.read(
                ByteBuffer.wrap(body, jsonLength, found.binarySize).slice().order(ByteOrder.LITTLE_ENDIAN));
    }
}
