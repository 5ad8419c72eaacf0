package io.mlpool.training.network.transformer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Tells DL4J what parameters an encoder has, and how they begin. */
final class EncoderInitializer implements ParamInitializer {

    static final EncoderInitializer ONLY = new EncoderInitializer();

    private static final double POSITIONS = 0.02;

    private EncoderInitializer() {}

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return parameters(layer).size();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return parameters(layer).all().stream().map(Parameter::name).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return parameters(layer).all().stream()
                .filter(Parameter::decays)
                .map(Parameter::name)
                .toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return parameters(layer).all().stream()
                .filter(parameter -> !parameter.decays())
                .map(Parameter::name)
                .toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return parameters(layer).of(key).decays();
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return !isWeightParam(layer, key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
        TransformerEncoder encoder = (TransformerEncoder) conf.getLayer();
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Parameter parameter : parameters(encoder).all()) {
            INDArray array = within(view, parameter);
            if (initialize) {
                begin(parameter, encoder.shape().blocks(), array);
            }
            arrays.put(parameter.name(), array);
            conf.addVariable(parameter.name());
        }
        return arrays;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        parameters(conf.getLayer()).all().forEach(parameter -> arrays.put(parameter.name(), within(view, parameter)));
        return arrays;
    }

    private static void begin(Parameter parameter, int blocks, INDArray array) {
        double scale = 1 / Math.sqrt(parameter.rows());
        switch (parameter.role()) {
            case WEIGHT -> array.assign(normal(array, scale));
            case RESIDUAL -> array.assign(normal(array, scale / Math.sqrt(2.0 * blocks)));
            case POSITION -> array.assign(normal(array, POSITIONS));
            case GAIN -> array.assign(1);
            case BIAS -> array.assign(0);
        }
    }

    private static INDArray normal(INDArray like, double deviation) {
        return Nd4j.randn(like.shape()).muli(deviation);
    }

    private static INDArray within(INDArray view, Parameter parameter) {
        return view.reshape(view.length())
                .get(NDArrayIndex.interval(parameter.offset(), parameter.end()))
                .reshape('c', parameter.rows(), parameter.columns());
    }

    private static EncoderParameters parameters(Layer layer) {
        return new EncoderParameters(((TransformerEncoder) layer).shape());
    }
}
