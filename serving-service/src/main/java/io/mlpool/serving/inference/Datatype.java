package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The protocol's names of numbers that can be sent as a window; all become FP32, which is what graphs take. */
enum Datatype {
    FP32(Float.BYTES),
    FP64(Double.BYTES),
    INT64(Long.BYTES);

    private final int bytes;

    Datatype(int bytes) {
        this.bytes = bytes;
    }

    static Datatype of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        400, "datatype %s is not taken, send one of %s".formatted(name, Arrays.toString(values()))));
    }

    /** Reads little-endian numbers to the end of the buffer. */
    float[] read(ByteBuffer buffer) {
        if (buffer.remaining() % bytes != 0) {
            throw new RefusedException(
                    400,
                    "%d bytes are no whole number of %s, which have %d each"
                            .formatted(buffer.remaining(), this, bytes));
        }
        float[] values = new float[buffer.remaining() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (this) {
                case FP32 -> buffer.getFloat();
                case FP64 -> (float) buffer.getDouble();
                case INT64 -> buffer.getLong();
            };
        }
        return values;
    }
}
