package io.mlpool.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for something that other threads bring about. */
public final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Eventually() {}

    /** Repeats the assertion until it holds; after 20 seconds its failure is the test's. */
    public static void eventually(ThrowingCallable assertion) {
        within(LIMIT, assertion);
    }

    /** The same with another limit. */
    public static void within(Duration limit, ThrowingCallable assertion) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (Throwable e) {
                if (System.nanoTime() > end) {
                    throw e instanceof AssertionError failed ? failed : new AssertionError(e);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }
}
