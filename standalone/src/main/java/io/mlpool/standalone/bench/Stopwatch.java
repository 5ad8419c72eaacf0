package io.mlpool.standalone.bench;

/** Runs from its making. */
record Stopwatch(long startNanos) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    static double seconds(Runnable work) {
        Stopwatch watch = start();
        work.run();
        return watch.seconds();
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    double millis() {
        return seconds() * 1e3;
    }
}
