package io.mlpool.standalone.bench;

import io.mlpool.training.network.lstm.LstmBenchmark;

/** Windows per second of the trainer as it is configured, then its recurrent layer against DL4J's. */
final class TrainingBenchmark implements Benchmark {

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;
    private final int epochs;
    private final int stockEpochs;

    TrainingBenchmark(PoolUnderTest pool, Printout out, BenchModel model, int epochs, int stockEpochs) {
        this.pool = pool;
        this.out = out;
        this.model = model;
        this.epochs = epochs;
        this.stockEpochs = stockEpochs;
    }

    @Override
    public void run() {
        String run = model.run();
        out.title("training");
        double best = pool.jdbc()
                .sql("SELECT max(windows_per_second) FROM training_epoch WHERE run_id = :run AND part = 'model'")
                .param("run", run)
                .query(Double.class)
                .single();
        out.line("%,.0f windows/s in the best epoch of a run with the default network", best);
        out.line("the layer alone; its ratio is DL4J's time over its own:");
        LstmBenchmark.main(new String[] {Integer.toString(epochs), Integer.toString(stockEpochs)});
    }
}
