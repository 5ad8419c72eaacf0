package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.requests.FakeSource.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prices for every hour, told 3 minutes after it, as CoinGecko tells them; some hours may be silent. */
public final class FakeMarket implements Function<String, Answer> {

    private static final Pattern RANGE = Pattern.compile(".*from=(\\d+)&to=(\\d+)");
    private static final Duration LATE = Duration.ofMinutes(3);

    private final Clock clock;
    private final Set<Instant> silent = ConcurrentHashMap.newKeySet();
    private volatile Instant reach = Instant.MIN;

    public FakeMarket(Clock clock) {
        this.clock = clock;
    }

    /** Tells no price near this close time. */
    void silentAt(Instant closeTime) {
        silent.add(closeTime);
    }

    /** Tells again what it was silent about. */
    void speaksAgain() {
        silent.clear();
    }

    /** Refuses with 10012 what begins before. */
    void reachesBackTo(Instant time) {
        reach = time;
    }

    @Override
    public Answer apply(String path) {
        if (path.startsWith("coins/markets")) {
            return Answer.of(200, "[]");
        }
        Instant now = clock.instant();
        Matcher range = RANGE.matcher(path);
        if (!range.matches()) {
            return chart(now.minus(Duration.ofDays(1)), now);
        }
        Instant from = Instant.ofEpochSecond(Long.parseLong(range.group(1)));
        if (from.isBefore(reach)) {
            return Answer.of(401, "{\"error\":{\"status\":{\"error_code\":10012,\"error_message\":\"too far\"}}}");
        }
        return chart(from, Instant.ofEpochSecond(Long.parseLong(range.group(2))));
    }

    private Answer chart(Instant from, Instant to) {
        Instant now = clock.instant();
        List<String> points = new ArrayList<>();
        long hour = Math.ceilDiv(from.minus(LATE).getEpochSecond(), 3600L) * 3600;
        for (Instant close = Instant.ofEpochSecond(hour);
                !close.plus(LATE).isAfter(to);
                close = close.plusSeconds(3600)) {
            if (!silent.contains(close) && !close.plus(LATE).isAfter(now)) {
                points.add(point(close.plus(LATE)));
            }
        }
        if (!to.plusSeconds(1).isBefore(now)) {
            points.add(point(now));
        }
        String array = String.join(",", points);
        return Answer.of(200, "{\"prices\":[%s],\"market_caps\":[],\"total_volumes\":[%s]}".formatted(array, array));
    }

    private static String point(Instant time) {
        double price = 50_000 + 1_000 * Math.sin(time.getEpochSecond() / 40_000.0);
        return "[%d,%s]".formatted(time.toEpochMilli(), price);
    }
}
