package io.mlpool.ingest.coingecko;

import com.sun.net.httpserver.Headers;
import io.mlpool.ingest.requests.FakeSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A CoinGecko on this machine, which remembers the keys that it was shown. */
public final class FakeCoinGecko extends FakeSource {

    private final List<String> keys = new CopyOnWriteArrayList<>();

    public FakeCoinGecko() {
        super("/api/v3", "{\"error\":\"coin not found\"}");
    }

    List<String> keys() {
        return keys;
    }

    @Override
    protected void heard(Headers headers) {
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-cg")) {
                keys.add(name.toLowerCase(Locale.ROOT) + "=" + values.getFirst());
            }
        });
    }
}
