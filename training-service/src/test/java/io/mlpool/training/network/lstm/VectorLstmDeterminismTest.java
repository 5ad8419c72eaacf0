package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.assertSameBits;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.output;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.DataSet;

class VectorLstmDeterminismTest {

    private static final DataSet DATA = windows(150, 5, 12);

    @Test
    void theSameSeedGivesTheSameBits() {
        assertSameBits(trained(1).params(), trained(1).params());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theNumberOfThreadsDoesNotChangeABit(int threads) {
        MultiLayerNetwork alone = trained(1);
        MultiLayerNetwork together = trained(threads);

        assertSameBits(together.params(), alone.params());
        assertSameBits(output(together, DATA), output(alone, DATA));
    }

    private static MultiLayerNetwork trained(int threads) {
        MultiLayerNetwork network = forecaster(
                32,
                VectorLstm.sequence(5, 64).withThreads(threads),
                VectorLstm.lastStep(64, 32).withThreads(threads));
        for (int i = 0; i < 5; i++) {
            network.fit(DATA);
        }
        return network;
    }

    @Test
    void aLayerWithoutThreadsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorLstm.sequence(5, 64).withThreads(0))
                .withMessage("threads must be positive, found 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void everySliceIsDoneOnce(int threads) {
        Set<Integer> done = ConcurrentHashMap.newKeySet();

        SliceLoop.run(20, threads, (slice, thread) -> {
            assertThat(thread).isBetween(0, threads - 1);
            assertThat(done.add(slice)).isTrue();
        });

        assertThat(done).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anErrorInASliceReachesTheCaller(int threads) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> SliceLoop.run(20, threads, (slice, thread) -> {
                    throw new IllegalStateException("slice " + slice);
                }))
                .withStackTraceContaining("slice ");
    }
}
