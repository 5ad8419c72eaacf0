package io.mlpool.serving.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestThreadsTest {

    private static final int MOST = 4;

    private final RequestThreads threads = new RequestThreads(MOST);

    @Test
    void everyRequestIsRunAndNeverMoreAtOnceThanAllowed() throws InterruptedException {
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
                .as("%d requests were left behind", left.getCount())
                .isTrue();
        assertThat(most.get()).isBetween(2, MOST);
    }

    @Test
    void requestKnowsHowLongItWaited() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        IntStream.range(0, MOST).forEach(i -> threads.execute(() -> await(release)));
        CompletableFuture<Duration> waited = new CompletableFuture<>();
        long before = System.nanoTime();
        threads.execute(() -> waited.complete(RequestThreads.waited()));
        assertThat(threads.waiting()).isEqualTo(1);
        assertThat(threads.busy()).isEqualTo(MOST);
        long queued = System.nanoTime();
        LockSupport.parkNanos(5_000_000);
        long least = System.nanoTime() - queued;

        release.countDown();

        assertThat(waited.join()).isBetween(Duration.ofNanos(least), Duration.ofNanos(System.nanoTime() - before));
        assertThat(RequestThreads.waited()).isZero();
    }

    @Test
    void requestThatFailsTakesNoThreadWithIt() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                left.countDown();
                throw new IllegalStateException("expected");
            });
        }

        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
