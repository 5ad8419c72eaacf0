package io.mlpool.serving.anomaly;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.state.RandomCutForestMapper;
import com.amazon.randomcutforest.state.RandomCutForestState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a detector knows. One that is made of it goes on exactly as the one it was taken from.
 *
 * @param forest with the structure of its trees and its random numbers
 * @param values that the scale of each dimension is taken from, oldest first
 * @param scores that the threshold is taken from, oldest first
 * @param disturbance that it is in
 * @param seen points
 */
record DetectorState(
        RandomCutForestState forest, List<double[]> values, float[] scores, Alarms.State disturbance, int seen) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static DetectorState of(
            RandomCutForest forest, List<double[]> values, float[] scores, Alarms.State disturbance, int seen) {
        return new DetectorState(mapper().toState(forest), values, scores, disturbance, seen);
    }

    RandomCutForest toForest() {
        return mapper().toModel(forest);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream deflated = new DeflaterOutputStream(bytes, deflater)) {
            JSON.writeValue(deflated, this);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    static DetectorState of(byte[] bytes) {
        return JSON.readValue(new InflaterInputStream(new ByteArrayInputStream(bytes)), DetectorState.class);
    }

    private static RandomCutForestMapper mapper() {
        RandomCutForestMapper mapper = new RandomCutForestMapper();
        mapper.setSaveTreeStateEnabled(true);
        mapper.setSaveExecutorContextEnabled(true);
        mapper.setPartialTreeStateEnabled(false);
        return mapper;
    }
}
