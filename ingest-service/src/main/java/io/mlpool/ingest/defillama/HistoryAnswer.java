package io.mlpool.ingest.defillama;

import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.protocols.Told;
import io.mlpool.protocols.LockedValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /protocol/{slug}}: what was locked day by day, in each chain and in all together. Only what stands under a key that is one of
 * the protocol's chains counts; {@code borrowed}, {@code staking}, {@code pool2} and their like would count the same money
 * twice. Where no series for all together is told, it is the sum of the chains of days on which none of them lacks.
 */
final class HistoryAnswer {

    private static final Set<String> DESCRIBING = Set.of(
            "id",
            "name",
            "symbol",
            "category",
            "chains",
            "gecko_id",
            "parentProtocol",
            "audits",
            "audit_links",
            "forkedFrom",
            "oracles",
            "openSource",
            "listedAt",
            "deadFrom",
            "rugged");

    private final JsonParser json;
    private final String slug;
    private final Told told;
    private final ObjectNode description = Elements.JSON.createObjectNode();
    private final Map<String, List<Point>> series = new LinkedHashMap<>();
    private final List<Point> total = new ArrayList<>();
    private long points;

    private HistoryAnswer(JsonParser json, String slug, Told told) {
        this.json = json;
        this.slug = slug;
        this.told = told;
    }

    static void read(JsonParser json, String slug, Told told) {
        HistoryAnswer answer = new HistoryAnswer(json, slug, told);
        answer.parse();
        answer.tell();
    }

    private void parse() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("expected a protocol, found " + Elements.beginning(json));
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (name.equals("chainTvls") && value == JsonToken.START_OBJECT) {
                parseChains();
            } else if (name.equals("tvl") && value == JsonToken.START_ARRAY) {
                parsePoints(total);
            } else if (DESCRIBING.contains(name)) {
                description.set(name, Elements.JSON.readTree(json));
            } else {
                json.skipChildren();
            }
        }
        requireEnd();
    }

    private void parseChains() {
        for (String chain = json.nextName(); chain != null; chain = json.nextName()) {
            List<Point> places = series.computeIfAbsent(chain, key -> new ArrayList<>());
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                continue;
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken() == JsonToken.START_ARRAY && name.equals("tvl")) {
                    parsePoints(places);
                } else {
                    json.skipChildren();
                }
            }
            requireEnd();
        }
        requireEnd();
    }

    private void parsePoints(List<Point> places) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            places.add(Point.of(++points, Elements.JSON.readTree(json)));
        }
    }

    private void requireEnd() {
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("it breaks off");
        }
    }

    private void tell() {
        if (series.isEmpty() && total.isEmpty()) {
            throw new IllegalArgumentException("it holds no history, only " + description);
        }
        Set<String> chains = Set.copyOf(Elements.texts(description, "chains"));
        ChainSum sum = new ChainSum();
        series.forEach((key, places) -> {
            if (chains.contains(key)) {
                tell(places, key, sum);
            } else if (!places.isEmpty()) {
                told.noted(Reason.NOT_A_CHAIN, 0, "%s, %d days".formatted(key, places.size()));
            }
        });
        if (total.isEmpty()) {
            sum.tell(slug, told);
        } else {
            tell(total, null, new ChainSum());
        }
        String id = Elements.text(description, "id");
        if (id != null && id.startsWith("parent#")) {
            told.about(ProtocolsAnswer.protocol(slug, description));
        }
    }

    private void tell(List<Point> places, @Nullable String chain, ChainSum sum) {
        for (Point point : places) {
            LocalDate day = point.day();
            if (day == null) {
                told.bad(Reason.UNREADABLE, point.line(), "no date: " + point.text());
            } else if (!(point.usd() >= 0 && point.usd() < Double.POSITIVE_INFINITY)) {
                told.bad(Reason.NOT_AN_AMOUNT, point.line(), point.text());
            } else {
                told.value(point.line(), new LockedValue(slug, day, chain, point.usd()));
                sum.add(chain, day, point.usd());
            }
        }
    }

    /** One day as told; null and NaN where a part of it cannot be read. */
    private record Point(long line, @Nullable LocalDate day, double usd, String text) {

        static Point of(long line, JsonNode element) {
            return new Point(line, day(element), usd(element), element.toString());
        }

        private static @Nullable LocalDate day(JsonNode element) {
            try {
                Instant time = Elements.time(element, "date");
                return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC);
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                return null;
            }
        }

        private static double usd(JsonNode element) {
            try {
                Double usd = Elements.number(element, "totalLiquidityUSD");
                return usd == null ? Double.NaN : usd;
            } catch (IllegalArgumentException e) {
                return Double.NaN;
            }
        }
    }
}
