package io.mlpool.ingest.defillama;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.protocols.Feed;
import io.mlpool.ingest.protocols.ProtocolSource;
import io.mlpool.ingest.protocols.Told;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * Answers of DefiLlama. They are read element by element: the list of protocols has several megabytes, a history with its tokens
 * tens of them. What breaks off is refused as a whole, for the next attempt brings all of it.
 */
public final class DefiLlamaSource implements ProtocolSource {

    static final String NAME = "defillama";
    static final String PROTOCOLS = "protocols";
    static final String HISTORY = "history";
    static final String HACKS = "hacks";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean reads(Payload payload) {
        return true;
    }

    @Override
    public Told read(Payload payload, Instant fetchedAt) throws IOException {
        String slug = payload.hints().getOrDefault("slug", "");
        String feed = payload.hints().getOrDefault("feed", "");
        Told told = new Told(new Feed(feed, slug), NAME, fetchedAt);
        try (InputStream content = payload.content().open();
                JsonParser json = Elements.JSON.createParser(content)) {
            switch (feed) {
                case PROTOCOLS -> ProtocolsAnswer.read(json, told);
                case HACKS -> HacksAnswer.read(json, told);
                case HISTORY -> HistoryAnswer.read(json, slug, told);
                default -> throw new IllegalArgumentException("no feed is called '%s'".formatted(feed));
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows its end");
            }
        } catch (JacksonException e) {
            throw new UnreadablePayloadException(payload.name(), "it is no whole JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayloadException(payload.name(), String.valueOf(e.getMessage()));
        }
        if (told.isEmpty()) {
            throw new UnreadablePayloadException(payload.name(), "nothing in it could be used");
        }
        return told;
    }

    /** What an answer alone does not say; that it was asked for again is worth knowing even if nothing has changed. */
    static Map<String, String> hints(String feed, String slug, Instant askedAt) {
        return Map.of("feed", feed, "slug", slug, "asked_at", askedAt.toString());
    }
}
