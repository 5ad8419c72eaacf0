package io.mlpool.training.network.lstm;

import io.mlpool.training.network.vector.Matrix;
import io.mlpool.training.network.vector.MatrixProduct;
import io.mlpool.training.network.vector.VectorSupport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Times an epoch of the same network with DL4J's LSTM and with {@link VectorLstm}: LSTM(64), Dense(32), 9 outputs, Adam,
 * 4,000 windows of 64 steps by 24 features.
 *
 * <p>The first epochs include compilation and the machine may be busy, so the best epoch counts. Arguments: the number of
 * epochs of the vector layer (default 20) and of DL4J's (default 3, 0 leaves it out).
 */
public final class LstmBenchmark {

    private static final int WINDOWS = 4_000;
    private static final int FEATURES = 24;
    private static final int STEPS = 64;
    private static final int HIDDEN = 64;
    private static final int OUTPUTS = 9;

    private final int epochs;
    private final int stockEpochs;

    private LstmBenchmark(int epochs, int stockEpochs) {
        this.epochs = epochs;
        this.stockEpochs = stockEpochs;
    }

    /**
     * Prints milliseconds per epoch for three batch sizes, then what each of the layer's options costs or
     * saves, then the speed of the kernel.
     */
    public static void main(String[] arguments) {
        int epochs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int stockEpochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var benchmark = new LstmBenchmark(epochs, stockEpochs);
        print(String.format(
                Locale.ROOT,
                "vectors of %d floats, %s OpenMP threads",
                VectorSupport.lanes(),
                System.getenv().getOrDefault("OMP_NUM_THREADS", "all")));
        benchmark.compareWithDl4j();
        benchmark.compareOptions();
        if (VectorSupport.isPresent()) {
            measureProduct();
        }
    }

    private void compareWithDl4j() {
        for (int size : new int[] {64, 256, 512}) {
            List<DataSet> batches = batches(size);
            double vector = bestEpoch(lastStep().asFirstLayer(), batches, epochs);
            print(String.format(Locale.ROOT, "batch %4d: vector %7.1f ms/epoch", size, vector));
            if (stockEpochs > 0) {
                double stock = bestEpoch(new LastTimeStep(stock()), batches, stockEpochs);
                print(String.format(
                        Locale.ROOT, "batch %4d: DL4J   %7.1f ms/epoch, ratio %.1f", size, stock, stock / vector));
            }
        }
    }

    private void compareOptions() {
        Map<String, Layer> options = new LinkedHashMap<>();
        options.put("last step, first layer", lastStep().asFirstLayer());
        options.put("and on two threads", lastStep().asFirstLayer().withThreads(2));
        options.put("with the error of the inputs", lastStep());
        options.put("and all steps handed on", new LastTimeStep(VectorLstm.sequence(FEATURES, HIDDEN)));
        List<DataSet> batches = batches(64);
        options.forEach((name, layer) -> print(String.format(
                Locale.ROOT, "batch   64: vector %7.1f ms/epoch, %s", bestEpoch(layer, batches, epochs), name)));
    }

    /** The speed of a step's product alone, its factors in the cache. */
    private static void measureProduct() {
        var shape = new LstmShape(FEATURES, HIDDEN);
        var memory = new SliceMemory(shape, 1);
        Matrix left = memory.joined(0, SliceMemory.ROWS);
        Matrix right = new LstmWeights(shape).forward();
        Matrix result = memory.gates(0, SliceMemory.ROWS);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                MatrixProduct.assign(left, right, result);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        double operations = 2e3 * left.rows() * right.rows() * right.columns();
        print(String.format(Locale.ROOT, "product of a step: %.0f GFLOP/s", operations / best));
    }

    @SuppressWarnings("SystemOut") // a command: what it prints is its result
    private static void print(String line) {
        System.out.println(line);
    }

    private static VectorLastStep lastStep() {
        return VectorLstm.lastStep(FEATURES, HIDDEN);
    }

    private static LSTM stock() {
        return new LSTM.Builder()
                .nIn(FEATURES)
                .nOut(HIDDEN)
                .activation(Activation.TANH)
                .build();
    }

    private static double bestEpoch(Layer recurrent, List<DataSet> batches, int epochs) {
        MultiLayerNetwork network = network(recurrent);
        long best = Long.MAX_VALUE;
        for (int epoch = 0; epoch < epochs; epoch++) {
            long start = System.nanoTime();
            batches.forEach(network::fit);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e6;
    }

    private static MultiLayerNetwork network(Layer recurrent) {
        var network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(1e-3))
                .list()
                .layer(recurrent)
                .layer(new DenseLayer.Builder()
                        .nIn(HIDDEN)
                        .nOut(32)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(32)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        return network;
    }

    private static List<DataSet> batches(int size) {
        var random = new Random(7);
        var features = Nd4j.create(gaussian(random, WINDOWS * FEATURES * STEPS), new long[] {WINDOWS, FEATURES, STEPS});
        var labels = Nd4j.create(gaussian(random, WINDOWS * OUTPUTS), new long[] {WINDOWS, OUTPUTS});
        List<DataSet> batches = new ArrayList<>();
        for (int start = 0; start < WINDOWS; start += size) {
            var rows = NDArrayIndex.interval(start, Math.min(WINDOWS, start + size));
            batches.add(new DataSet(features.get(rows).dup(), labels.get(rows).dup()));
        }
        return batches;
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
