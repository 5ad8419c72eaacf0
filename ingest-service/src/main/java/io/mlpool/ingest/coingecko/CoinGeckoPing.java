package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.coingecko.Exchange.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks once, briefly, whether CoinGecko is there: before the services start, or for a health page. Costs at most one credit. */
public final class CoinGeckoPing {

    private static final int LARGEST_ANSWER = 64_000;

    private CoinGeckoPing() {}

    /** Why CoinGecko cannot be used now, in words; empty when it answers. Takes at most about twice the time-out. */
    public static Optional<String> whyUnreachable(CoinGeckoAccess access, Duration timeout) {
        try {
            Answer answer = new Exchange(access, timeout, timeout, LARGEST_ANSWER).get("ping");
            if (answer.status() == 200 && new String(answer.body(), StandardCharsets.UTF_8).contains("gecko_says")) {
                return Optional.empty();
            }
            ErrorBody error = ErrorBody.read(answer.status(), answer.body());
            return Optional.of(CoinGeckoException.answered("ping", answer.status(), error, null)
                    .getMessage());
        } catch (CoinGeckoException e) {
            return Optional.of(e.getMessage());
        }
    }
}
