package io.mlpool.ingest.defillama;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.Pause;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.requests.SourceHealth;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pool does with DefiLlama: keep protocols, their histories and incidents, say how it goes. */
public final class DefiLlama {

    private static final Logger log = LoggerFactory.getLogger(DefiLlama.class);

    private final DefiLlamaProperties settings;
    private final DefiLlamaClient client;
    private final ProtocolIngestion ingestion;
    private final FollowedProtocols followed;
    private final SourceHealth health;
    private final Clock clock;

    DefiLlama(
            DefiLlamaProperties settings,
            ProtocolIngestion ingestion,
            JdbcClient jdbc,
            MeterRegistry meters,
            Clock clock,
            Pause pause,
            RandomGenerator random) {
        this.settings = settings;
        this.client = new DefiLlamaClient(
                settings, new RequestCounts<>("defillama", Trouble.class, meters), clock, pause, random);
        this.ingestion = ingestion;
        this.followed = new FollowedProtocols(jdbc);
        this.health = new SourceHealth(DefiLlamaSource.NAME, jdbc, clock);
        this.clock = clock;
    }

    /**
     * Asks for the list of protocols.
     *
     * @throws DefiLlamaException when it cannot be had; nothing was changed
     */
    public IngestReport refreshProtocols() {
        return noted(() -> fetch("protocols", DefiLlamaSource.PROTOCOLS, ""));
    }

    /**
     * Asks for the list of incidents, or for the CSV where one is set and the list is not answered.
     *
     * @throws DefiLlamaException when neither can be had; nothing was changed
     */
    public IngestReport refreshIncidents() {
        return noted(() -> {
            try {
                return fetch("hacks", DefiLlamaSource.HACKS, "");
            } catch (DefiLlamaException e) {
                URI list = settings.incidentList();
                if (list == null) {
                    throw e;
                }
                log.info(
                        "The list of incidents comes from {} instead. {}",
                        list.getHost() == null ? list : list.getHost(),
                        e.getMessage());
                return fetchList(list);
            }
        });
    }

    /**
     * Asks for the history of every followed protocol that was not read since midnight UTC; one that is not found does not stop the
     * others. Killed at any moment it goes on with those that are left.
     *
     * @return how many were read
     * @throws DefiLlamaException when DefiLlama does not answer; what came before that is stored
     */
    public int refreshHistories() {
        int read = 0;
        for (String slug : followed.due(midnight())) {
            try {
                noted(() -> fetch("protocol/" + encoded(slug), DefiLlamaSource.HISTORY, slug));
                read++;
            } catch (DefiLlamaException e) {
                if (e.trouble() != Trouble.NOT_FOUND && e.trouble() != Trouble.TOO_LARGE) {
                    throw e;
                }
                log.warn("The history of {} is left out today. {}", slug, e.getMessage());
            }
        }
        return read;
    }

    /** Whether it is asked at all. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** How the last requests went, over all replicas. */
    public SourceHealth.Report state() {
        return health.report().orElse(new SourceHealth.Report(null, null, null));
    }

    private IngestReport fetch(String path, String feed, String slug) {
        try (Download answer = client.get(path)) {
            return take(DefiLlamaSource.NAME, path, DefiLlamaSource.hints(feed, slug, now()), answer.file());
        }
    }

    private IngestReport fetchList(URI list) {
        if ("file".equals(list.getScheme())) {
            return takeList(Path.of(list));
        }
        try (Download answer = client.file(list)) {
            return takeList(answer.file());
        }
    }

    private IngestReport takeList(Path file) {
        Map<String, String> hints = Map.of("feed", DefiLlamaSource.HACKS, "asked_at", now().toString());
        return take(FileSource.NAME, "hacks.csv", hints, file);
    }

    private IngestReport take(String source, String name, Map<String, String> hints, Path file) {
        try {
            return ingestion.ingest(new Payload(source, name, hints, () -> Files.newInputStream(file)));
        } catch (UnreadablePayloadException e) {
            throw new DefiLlamaException(Trouble.UNREADABLE, 200, e.getMessage() + ".", null);
        }
    }

    private IngestReport noted(java.util.function.Supplier<IngestReport> work) {
        try {
            IngestReport report = work.get();
            health.succeeded();
            return report;
        } catch (DefiLlamaException e) {
            health.failed(e.getMessage());
            throw e;
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Instant midnight() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static String encoded(String slug) {
        return URLEncoder.encode(slug, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
