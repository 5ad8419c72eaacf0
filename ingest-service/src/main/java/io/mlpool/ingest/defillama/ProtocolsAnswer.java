package io.mlpool.ingest.defillama;

import static io.mlpool.ingest.defillama.Elements.text;
import static io.mlpool.ingest.defillama.Elements.texts;

import io.mlpool.ingest.protocols.Told;
import io.mlpool.market.SeriesKey;
import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** {@code /protocols}: all that are listed. What is locked stands there too, but as of this moment; days come from histories. */
final class ProtocolsAnswer {

    private ProtocolsAnswer() {}

    static void read(JsonParser json, Told told) {
        Elements.read(
                json, "protocols", told, (line, element) -> told.protocol(line, protocol(slug(element), element)));
    }

    static Protocol protocol(String slug, JsonNode element) {
        Double audits = Elements.number(element, "audits");
        JsonNode links = element.path("audit_links");
        String name = text(element, "name");
        return new Protocol(
                slug,
                text(element, "id"),
                name == null ? slug : name,
                symbol(element),
                text(element, "category"),
                texts(element, "chains"),
                asset(element),
                text(element, "parentProtocol"),
                audits == null ? null : audits.intValue(),
                links.isArray() ? links.size() : null,
                texts(element, "forkedFrom"),
                texts(element, "oracles"),
                Elements.truth(element, "openSource"),
                Elements.time(element, "listedAt"),
                deadFrom(element),
                Elements.truth(element, "rugged"),
                true);
    }

    /** Left out by the documents but told; where it is not, DefiLlama's rule makes it of the name. */
    private static String slug(JsonNode element) {
        String told = text(element, "slug");
        String name = told != null ? told : text(element, "name");
        if (name == null) {
            throw new IllegalArgumentException("it has neither slug nor name");
        }
        return told != null
                ? told
                : name.toLowerCase(Locale.ROOT).replace(' ', '-').replace("'", "");
    }

    private static @Nullable String symbol(JsonNode element) {
        String symbol = text(element, "symbol");
        return "-".equals(symbol) ? null : symbol;
    }

    private static @Nullable String asset(JsonNode element) {
        String asset = text(element, "gecko_id");
        return asset != null && SeriesKey.isAsset(asset) ? asset : null;
    }

    /** Unix seconds or a date. */
    private static @Nullable LocalDate deadFrom(JsonNode element) {
        String text = text(element, "deadFrom");
        if (text == null) {
            return null;
        }
        return text.matches("\\d{4}-\\d{2}-\\d{2}.*")
                ? LocalDate.parse(text.substring(0, 10))
                : day(Elements.time(element, "deadFrom"));
    }

    private static @Nullable LocalDate day(@Nullable Instant time) {
        return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
