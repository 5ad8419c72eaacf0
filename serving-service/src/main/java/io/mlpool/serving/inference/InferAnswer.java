package io.mlpool.serving.inference;

import io.mlpool.model.ForecastShape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of an answer to {@code infer}, written by hand: it is mostly numbers.
 *
 * @param jsonLength bytes of it that are JSON; less than all when binary tensors follow
 */
record InferAnswer(byte[] body, int jsonLength) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static InferAnswer of(InferRequest request, Inference.Answer answer) {
        ForecastShape shape = answer.model().manifest().shape();
        StringBuilder json = new StringBuilder(
                64 + 16 * answer.quantiles().length * request.outputs().size());
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        json.append("{\"model_name\":\"").append(answer.model().slot().model());
        json.append("\",\"model_version\":\"").append(answer.model().version().version());
        if (request.id() != null) {
            json.append("\",\"id\":")
                    .append(JSON.writeValueAsString(request.id()))
                    .append(",\"outputs\":[");
        } else {
            json.append("\",\"outputs\":[");
        }
        String dimensions = "[" + answer.windows() + "," + shape.horizons().size() + ","
                + shape.levels().size() + "]";
        List<InferRequest.Output> outputs = request.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            json.append(i == 0 ? "" : ",");
            float[] values = Outputs.of(outputs.get(i).name(), answer.model(), answer.quantiles());
            output(json, tail, outputs.get(i), dimensions, values);
        }
        byte[] head = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = ByteBuffer.allocate(head.length + tail.size())
                .put(head)
                .put(tail.toByteArray())
                .array();
        return new InferAnswer(body, head.length);
    }

    boolean isBinary() {
        return jsonLength < body.length;
    }

    private static void output(
            StringBuilder json, ByteArrayOutputStream tail, InferRequest.Output output, String shape, float[] values) {
        json.append("{\"name\":\"")
                .append(output.name())
                .append("\",\"datatype\":\"FP32\",\"shape\":")
                .append(shape);
        if (output.binary()) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            tail.writeBytes(bytes.array());
            json.append(",\"parameters\":{\"binary_data_size\":")
                    .append(bytes.capacity())
                    .append("}}");
            return;
        }
        json.append(",\"data\":[");
        for (int i = 0; i < values.length; i++) {
            json.append(i == 0 ? "" : ",").append(values[i]);
        }
        json.append("]}");
    }
}
