package io.mlpool.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Requests per second that {@code /predict} answers, against a request to the same server that does next to nothing. */
final class PredictBenchmark implements Benchmark {

    private static final int PAIRS = 3;
    private static final int SECONDS = 4;

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;

    PredictBenchmark(PoolUnderTest pool, Printout out, BenchModel model) {
        this.pool = pool;
        this.out = out;
        this.model = model;
    }

    @Override
    public void run() {
        if (!Wrk.isInstalled()) {
            out.title("predict: skipped, wrk is not on the PATH; apt-get install wrk");
            return;
        }
        model.run();
        out.title("predict: wrk with %d connections for %d s each; the yardstick is GET /version of the same server"
                .formatted(Wrk.CONNECTIONS, SECONDS));
        Wrk wrk = new Wrk(pool.scratch(), SECONDS);
        String url = pool.serving() + "/predict";
        String known = BenchModel.questionBody(BenchModel.asset(0));
        String explicit = model.explicitQuestionBody();
        compare("a known asset", () -> wrk.post(url, known), wrk);
        compare("500 candles of its own", () -> wrk.post(url, explicit), wrk);
    }

    private void compare(String name, Supplier<Wrk.Load> predict, Wrk wrk) {
        List<Wrk.Load> loads = new ArrayList<>();
        Paired perSecond = Paired.alternately(
                PAIRS,
                () -> {
                    loads.add(predict.get());
                    return loads.getLast().perSecond();
                },
                () -> wrk.get(pool.serving() + "/version").perSecond());
        loads.removeFirst();
        out.line(
                "%s: %,.0f requests/s, /version %,.0f: %s; p50 %.2f ms, p99 %.2f ms; %d failed",
                name,
                perSecond.measured(),
                perSecond.yardstick(),
                Printout.ratio(perSecond),
                median(loads, Wrk.Load::p50),
                median(loads, Wrk.Load::p99),
                loads.stream().mapToLong(Wrk.Load::failed).sum());
    }

    private static double median(List<Wrk.Load> loads, Function<Wrk.Load, Double> value) {
        return Paired.median(loads.stream().mapToDouble(value::apply).toArray());
    }
}
