package io.mlpool.serving.experiment;

import io.mlpool.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to an arm as a whole: whom the caller says it asks for, else the caller's key, else the asset that is asked about.
 *
 * @param key that is hashed
 */
record Unit(String key) {

    /** Name of the header in which a caller says for whom it asks: a user, a session, a strategy. */
    static final String HEADER = "X-Experiment-Unit";

    private static final int LONGEST = 200;

    /** Of a question about this asset; null for candles without a name. */
    static Unit of(HttpServletRequest request, @Nullable String asset) {
        Caller caller = Caller.of(request);
        String named = request.getHeader(HEADER);
        if (named != null && !named.isBlank()) {
            return new Unit("unit " + caller.id() + " " + named.substring(0, Math.min(LONGEST, named.length())));
        }
        return caller.equals(Caller.ANONYMOUS)
                ? new Unit("asset " + (asset == null ? "" : asset))
                : new Unit("key " + caller.id());
    }
}
