package io.mlpool.training.network.lstm;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a task for every slice on the calling thread and, if wanted, on some more. */
final class SliceLoop {

    /** Shared by all layers; idle threads end after a minute. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("lstm-slice-", 0).factory());

    private SliceLoop() {}

    /** What is to be done for one slice. */
    interface Task {

        /**
         * Does one slice.
         *
         * @param slice number of the slice
         * @param thread number of the thread that does it, below the number of threads asked for
         */
        void run(int slice, int thread);
    }

    /** Returns when all slices are done. An error of any task is thrown here, after the other threads have stopped. */
    static void run(int slices, int threads, Task task) {
        AtomicInteger next = new AtomicInteger();
        int helpers = Math.min(threads, slices) - 1;
        CompletableFuture<?>[] helping = new CompletableFuture<?>[Math.max(helpers, 0)];
        for (int i = 0; i < helpers; i++) {
            int thread = i + 1;
            helping[i] = CompletableFuture.runAsync(() -> work(slices, next, thread, task), THREADS);
        }
        try {
            work(slices, next, 0, task);
        } finally {
            CompletableFuture.allOf(helping).join();
        }
    }

    private static void work(int slices, AtomicInteger next, int thread, Task task) {
        for (int slice = next.getAndIncrement(); slice < slices; slice = next.getAndIncrement()) {
            task.run(slice, thread);
        }
    }
}
