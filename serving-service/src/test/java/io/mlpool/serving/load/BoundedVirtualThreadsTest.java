package io.mlpool.serving.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedVirtualThreadsTest {

    private static final int MOST = 4;

    private final BoundedVirtualThreads threads = new BoundedVirtualThreads(MOST);

    @Test
    void everyTaskIsRunAndNeverMoreAtOnceThanAllowed() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(20_000);
        IntStream.range(0, 20).forEach(sender -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000);
                    running.decrementAndGet();
                    left.countDown();
                });
            }
        }));

        assertThat(left.await(30, TimeUnit.SECONDS))
                .as("%d tasks were left behind", left.getCount())
                .isTrue();
        assertThat(most.get()).isBetween(2, MOST);
    }

    @Test
    void taskThatFailsTakesNoPlaceWithIt() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                left.countDown();
                throw new IllegalStateException("expected");
            });
        }

        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
