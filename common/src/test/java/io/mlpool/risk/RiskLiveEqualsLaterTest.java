package io.mlpool.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleSeries;
import io.mlpool.protocols.FactJson;
import io.mlpool.protocols.Incident;
import io.mlpool.protocols.Protocol;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.TestRiskModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row computed at a time from stores that hold nothing later is, to the last bit, the row computed later from everything. */
class RiskLiveEqualsLaterTest {

    private static final int DAYS = 420;
    private static final Instant END = RiskMarket.START.plus(Duration.ofDays(DAYS));
    private static final List<CandleSeries> CANDLES = List.of(
            RiskMarket.walk("aave", DAYS, 3),
            RiskMarket.walk("bitcoin", DAYS, 3),
            RiskMarket.walk("ethereum", DAYS, 3));
    private static final TestDatabase EVERYTHING = filled(END);

    @ParameterizedTest
    @ValueSource(
            strings = {"2021-03-01T00:00:00Z", "2021-08-15T13:00:00Z", "2022-02-01T00:00:00Z", "2022-02-20T07:00:00Z"})
    void rowAndScoreOfAProtocolAreTheSameLiveAndLater(Instant asOf, @TempDir Path folder) {
        RiskRow live = row(
                filled(asOf),
                CANDLES.stream().map(series -> RiskMarket.known(series, asOf)).toList(),
                asOf,
                asOf);
        RiskRow later = row(EVERYTHING, CANDLES, asOf, END);

        assertThat(live.values()).containsExactly(later.values());
        assertThat(live.protocol()).isEqualTo(later.protocol()).isEqualTo("aave-v2");
        try (RiskModel model = TestRiskModel.bundle(StoredFolder.plain(folder.resolve("bundle")), "risk-7d", "run")
                .load()) {
            assertThat(model.assess(live).score()).isEqualTo(model.assess(later).score());
            assertThat(model.assess(live).factors())
                    .isEqualTo(model.assess(later).factors());
        }
    }

    @Test
    void almostEveryFeatureIsKnownOfAProtocolWithHistory() {
        RiskRow row = row(EVERYTHING, CANDLES, END, END);

        assertThat(Set.of(RiskFeature.values()))
                .filteredOn(feature -> !row.known().containsKey(feature))
                .containsExactlyInAnyOrder(RiskFeature.PEG_DEVIATION, RiskFeature.PEG_WORST_30D);
        assertThat(row.value(RiskFeature.AUDITS)).isEqualTo(2);
        assertThat(row.value(RiskFeature.CHAINS)).isEqualTo(2);
        assertThat(row.value(RiskFeature.INCIDENT_COUNT)).isEqualTo(2);
        assertThat(row.value(RiskFeature.CATEGORY_INCIDENTS_365D)).isEqualTo(3);
        assertThat(row.value(RiskFeature.IS_LENDING)).isEqualTo(1);
    }

    @Test
    void factThatBecameKnownLaterIsNotInARowOfBefore() {
        assertThat(row(EVERYTHING, CANDLES, Instant.parse("2021-05-31T00:00:00Z"), END)
                        .value(RiskFeature.AUDITS))
                .isZero();
        assertThat(row(EVERYTHING, CANDLES, Instant.parse("2021-06-02T00:00:00Z"), END)
                        .value(RiskFeature.AUDITS))
                .isEqualTo(2);
    }

    private static RiskRow row(TestDatabase database, List<CandleSeries> candles, Instant asOf, Instant until) {
        ProtocolHistory history = ProtocolHistory.read(
                new ProtocolStore(database.jdbc()),
                Set.of("aave"),
                LocalDate.ofInstant(asOf.minus(RiskFeatures.HISTORY), ZoneOffset.UTC),
                until);
        MarketDays market = MarketDays.of(candles.subList(1, 3), asOf);
        Optional<RiskRow> row = new RiskFeatures(history).row(candles.getFirst(), market, asOf);
        return row.orElseThrow();
    }

    /** A pool that was stopped at a time. */
    private static TestDatabase filled(Instant until) {
        TestDatabase database = TestDatabase.create();
        Facts facts = new Facts(database, until);
        facts.protocol(protocol("aave-v2", "111", "parent#aave", 0), RiskMarket.START);
        facts.protocol(protocol("aave-v2", "111", "parent#aave", 2), Instant.parse("2021-06-01T00:00:00Z"));
        facts.protocol(parent(), RiskMarket.START);
        facts.protocol(protocol("compound", "114", null, 2), RiskMarket.START);
        facts.locked(DAYS);
        facts.incident("aave-v2", "111", "2021-03-05", Duration.ofDays(2));
        facts.incident("aave again", "111", "2021-03-06", Duration.ofDays(120));
        facts.incident("aave-v2", "111", "2022-01-10", Duration.ofDays(30));
        facts.incident("compound", "114", "2021-09-29", Duration.ofDays(2));
        return database;
    }

    private static Protocol protocol(String slug, String id, @Nullable String parent, int audits) {
        return new Protocol(
                slug,
                id,
                slug,
                null,
                "Lending",
                List.of("Ethereum"),
                null,
                parent,
                audits,
                3,
                List.of(),
                List.of(),
                true,
                Instant.parse("2020-05-01T00:00:00Z"),
                null,
                null,
                true);
    }

    private static Protocol parent() {
        return new Protocol(
                "aave",
                "parent#aave",
                "Aave",
                "AAVE",
                null,
                List.of(),
                "aave",
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                true);
    }

    /** What a pool wrote down until it was stopped. */
    private record Facts(TestDatabase database, Instant until) {

        void protocol(Protocol protocol, Instant known) {
            database.jdbc()
                    .sql("INSERT INTO protocol (slug) VALUES (?) ON CONFLICT DO NOTHING")
                    .param(protocol.slug())
                    .update();
            if (!known.isAfter(until)) {
                database.jdbc()
                        .sql("""
                                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                                SELECT id, :known, false, :known, :fact::jsonb FROM protocol WHERE slug = :slug
                                """)
                        .param("known", known.atOffset(ZoneOffset.UTC))
                        .param("fact", FactJson.write(protocol))
                        .param("slug", protocol.slug())
                        .update();
            }
        }

        /** Of every day, with revisions of some. */
        void locked(int days) {
            Random random = new Random(11);
            StringBuilder rows = new StringBuilder();
            for (int day = 0; day < days; day++) {
                double usd = 1e9 * Math.exp(0.3 * random.nextGaussian());
                append(rows, day, "", usd, 25);
                append(rows, day, "Ethereum", 0.7 * usd, 25);
                append(rows, day, "Polygon", 0.3 * usd, 25);
                if (random.nextInt(5) == 0) {
                    append(rows, day, "", usd * 1.5, 72 + random.nextInt(5_000));
                }
            }
            database.jdbc().sql("""
                            INSERT INTO locked_value (source, protocol_id, chain, day, known_at, assumed, recorded_at, usd)
                            SELECT 'defillama', id, t.chain, t.day::date, t.known::timestamptz, false, t.known::timestamptz, t.usd
                            FROM protocol, (VALUES %s) AS t (chain, day, known, usd) WHERE slug = 'aave-v2'
                            """.formatted(rows.substring(1))).update();
        }

        private void append(StringBuilder rows, int day, String chain, double usd, int delayHours) {
            Instant start = RiskMarket.START.plus(Duration.ofDays(day));
            Instant known = start.plus(Duration.ofHours(delayHours));
            if (!known.isAfter(until)) {
                rows.append(",('%s', '%s', '%s', %s::float8)"
                        .formatted(chain, LocalDate.ofInstant(start, ZoneOffset.UTC), known, usd));
            }
        }

        void incident(String name, String protocolId, String day, Duration delay) {
            LocalDate date = LocalDate.parse(day);
            Instant known = date.atStartOfDay(ZoneOffset.UTC).toInstant().plus(delay);
            if (known.isAfter(until)) {
                return;
            }
            Incident incident = new Incident(
                    "defillama",
                    date,
                    name,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    protocolId,
                    null,
                    null);
            database.jdbc()
                    .sql("""
                            WITH new AS (
                              INSERT INTO incident (list, day, name, number) VALUES ('defillama', :day, :name, 1) RETURNING id)
                            INSERT INTO incident_fact (incident_id, known_at, assumed, recorded_at, fact)
                            SELECT id, :known, false, :known, :fact::jsonb FROM new
                            """)
                    .param("day", date)
                    .param("name", name)
                    .param("known", known.atOffset(ZoneOffset.UTC))
                    .param("fact", FactJson.write(incident))
                    .update();
        }
    }
}
