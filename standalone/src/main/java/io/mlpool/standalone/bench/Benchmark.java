package io.mlpool.standalone.bench;

/** One thing that is measured. */
interface Benchmark {

    void run();
}
