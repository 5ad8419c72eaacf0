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

    /** From here on FP32, in which all become, has no longer every whole number. */
    private static final float MOST = 1 << 24;

    /**
     * Numbers that were written in decimal.
     *
     * @throws RefusedException 400 when they are none of this type, or cannot be read without changing them
     */
    float[] require(float[] values) {
        for (int i = 0; this == INT64 && i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) >= MOST) {
                throw noWhole(i);
            }
        }
        return values;
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
                case INT64 -> whole(buffer.getLong(), i);
            };
        }
        return values;
    }

    private static float whole(long value, int i) {
        if (value <= -MOST || value >= MOST) {
            throw noWhole(i);
        }
        return value;
    }

    private static RefusedException noWhole(int i) {
        return new RefusedException(
                400,
                "number %d, counted from 0, is no INT64 that is taken: whole numbers below %d in size, which FP32 holds exactly; send FP64 for others"
                        .formatted(i, (long) MOST));
    }
}
