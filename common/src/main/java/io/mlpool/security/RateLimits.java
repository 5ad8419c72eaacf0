package io.mlpool.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The limits of all callers of this process: those with a valid key by key, all others by address. */
final class RateLimits {

    /** Who commands more addresses than this gets fresh limits for the oldest of them, but no more of our memory. */
    private static final int MOST_ADDRESSES = 10_000;

    private final int perKey;
    private final int perAddress;
    private final TimeMeter time;
    private final Map<String, RateLimit> keys = new ConcurrentHashMap<>();
    private final Cache<CallerAddress, RateLimit> addresses =
            Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

    RateLimits(SecurityProperties properties, Clock clock) {
        perKey = properties.perKey();
        perAddress = properties.perAddress();
        time = meter(clock);
    }

    /** The limit of a valid key; null when it has none. */
    @Nullable RateLimit ofKey(ApiKey key) {
        Integer own = key.rateLimitPerMinute();
        int perMinute = own == null ? perKey : own;
        if (perMinute == 0) {
            return null;
        }
        RateLimit known = keys.get(key.id());
        return known != null && known.perMinute() == perMinute
                ? known
                : keys.compute(key.id(), (id, before) -> RateLimit.of(perMinute, time));
    }

    /** The limit of an address, as the servlet container tells it; null when there is none. */
    @Nullable RateLimit ofAddress(String address) {
        return perAddress == 0
                ? null
                : addresses.get(CallerAddress.of(address), unknown -> RateLimit.of(perAddress, time));
    }

    private static TimeMeter meter(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
