package io.mlpool.training.network.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes runs of an {@link INDArray} of floats in native memory, without a native call for each.
 *
 * <p>The view keeps the array alive, but not a workspace open: it is for use within one call of the layer.
 */
public final class FloatView {

    private final INDArray array;
    private final MemorySegment memory;

    public FloatView(INDArray array) {
        this.array = array;
        this.memory = memoryOf(array);
    }

    @SuppressWarnings("restricted") // ND4J owns the memory; the segment is cut to the extent of the array
    private static MemorySegment memoryOf(INDArray array) {
        long elements = 1;
        for (int dimension = 0; dimension < array.rank(); dimension++) {
            elements += (array.size(dimension) - 1) * array.stride(dimension);
        }
        long address = array.data().addressPointer().address();
        return MemorySegment.ofAddress(address).reinterpret(elements * Float.BYTES);
    }

    public int size(int dimension) {
        return Math.toIntExact(array.size(dimension));
    }

    public int rank() {
        return array.rank();
    }

    public long stride(int dimension) {
        return array.stride(dimension);
    }

    /** Copies {@code count} elements, {@code stride} apart, beginning at {@code offset}. */
    public void read(long offset, long stride, float[] into, int start, int count) {
        try {
            if (stride == 1) {
                MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, offset * Float.BYTES, into, start, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                into[start + i] = memory.getAtIndex(ValueLayout.JAVA_FLOAT, offset + i * stride);
            }
        } finally {
            Reference.reachabilityFence(array);
        }
    }

    /** Writes {@code count} neighbouring elements, beginning at {@code offset}. */
    public void write(long offset, float[] from, int start, int count) {
        try {
            MemorySegment.copy(from, start, memory, ValueLayout.JAVA_FLOAT, offset * Float.BYTES, count);
        } finally {
            Reference.reachabilityFence(array);
        }
    }
}
