package io.mlpool.standalone.bench;

import io.mlpool.model.ForecastBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Measures nothing: makes the model, says where everything is, and stays, so that others can measure. */
final class HoldBenchmark implements Benchmark {

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;

    HoldBenchmark(PoolUnderTest pool, Printout out, BenchModel model) {
        this.pool = pool;
        this.out = out;
        this.model = model;
    }

    @Override
    public void run() {
        model.run();
        Path bundle = model.registry().fetch(model.version()).directory();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("serving", pool.serving());
        facts.put("database", pool.database());
        facts.put("registry", pool.registry().toString());
        facts.put("bundle", bundle.toString());
        facts.put("model", BenchModel.NAME);
        facts.put("window", ForecastBundle.read(bundle).golden().window());
        facts.put("known", BenchModel.questionBody(BenchModel.asset(0)));
        facts.put("candles", model.explicitQuestionBody());
        out.json(facts);
        awaitEndOfInput();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Whoever holds the other end closes it when the measurement is over.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for the end of the input", e);
        }
    }
}
