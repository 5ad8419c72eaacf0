package io.mlpool.ingest.defillama;

import io.mlpool.ingest.requests.FakeSource;

/** A DefiLlama on this machine, with a key in its path, as that of the paid plan has. */
public final class FakeDefiLlama extends FakeSource {

    public FakeDefiLlama() {
        super("/secret-key/api", "{\"message\":\"Not Found\"}");
    }
}
