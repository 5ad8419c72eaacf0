package io.mlpool.ingest.defillama;

import static io.mlpool.ingest.defillama.Elements.text;

import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.protocols.Told;
import io.mlpool.protocols.Incident;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** {@code /hacks}: the same list as the CSV that DefiLlama's page exports. */
final class HacksAnswer {

    private HacksAnswer() {}

    static void read(JsonParser json, Told told) {
        Elements.read(json, "hacks", told, (line, element) -> {
            Incident incident = incident(element);
            told.incident(line, incident);
            if (incident.usd() == null) {
                told.noted(Reason.UNCLEAR_AMOUNT, line, incident.name());
            }
        });
    }

    private static Incident incident(JsonNode element) {
        Instant date = Elements.time(element, "date");
        if (date == null) {
            throw new IllegalArgumentException("it has no date");
        }
        return new Incident(
                DefiLlamaSource.NAME,
                LocalDate.ofInstant(date, ZoneOffset.UTC),
                Objects.requireNonNullElse(text(element, "name"), ""),
                text(element, "classification"),
                text(element, "technique"),
                Elements.number(element, "amount"),
                Elements.number(element, "returnedFunds"),
                Elements.texts(element, "chain"),
                text(element, "targetType"),
                Elements.truth(element, "bridgeHack"),
                text(element, "source"),
                text(element, "defillamaId"),
                text(element, "parentProtocolId"),
                null);
    }
}
