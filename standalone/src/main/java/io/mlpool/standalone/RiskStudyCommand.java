package io.mlpool.standalone;

import io.mlpool.market.CandleStore;
import io.mlpool.market.Snapshots;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.risk.RiskEvent;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.panel.RiskData;
import io.mlpool.training.risk.panel.RiskPanels;
import io.mlpool.training.risk.study.RiskStudy;
import io.mlpool.training.risk.study.RiskTables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool risk-study}. */
@Command(
        name = "risk-study",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the models of risk on the pool's history: made of the past, judged on what came later. Nothing is registered.",
            "Prints the tables of docs/results.md; docs/risk.md says what the figures mean.",
            "Files and folders that are named are imported first, as by ./mlpool import."
        })
final class RiskStudyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Candles, histories of locked values and lists of incidents to import first")
    private List<Path> paths = List.of();

    @Option(
            names = "--before",
            paramLabel = "DAY",
            description =
                    "Tells too what models would have said before this day (UTC) that knew nothing later: 2022-05-09")
    private @Nullable LocalDate before;

    @Option(names = "--asset", paramLabel = "ID", description = "Of which assets --before tells. May be repeated")
    private List<String> assets = List.of();

    @Option(
            names = "--days",
            split = ",",
            defaultValue = "7,3,1",
            description = "How many days before it. Default: ${DEFAULT-VALUE}")
    private List<Integer> days = List.of(7, 3, 1);

    @Option(names = "--seed", defaultValue = "1", description = "Of all that is random. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Mixin
    private Output out = new Output();

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        Uploads.requireThere(paths);
        if ((before == null) != assets.isEmpty()) {
            throw new MlpoolException("--before says when and --asset of what to tell: name both or neither");
        }
        if (paths.isEmpty() && home.runningDatabase().isPresent()) {
            study(home.runningDatabase().get());
            return 0;
        }
        if (paths.isEmpty()) {
            home.home().requirePool("");
        }
        try (Pool pool = Pool.open(home.home(), Ports.free())) {
            if (!paths.isEmpty()) {
                take(pool);
            }
            study(pool.databaseUrl());
        }
        return 0;
    }

    private void take(Pool pool) {
        pool.startIngest(Map.of(
                "mlpool.ingest.coingecko.enabled",
                false,
                "mlpool.ingest.defillama.enabled",
                false,
                "mlpool.ingest.replay.enabled",
                false));
        new Uploads(home.home().client(), pool.ports().ingestUrl(), System.err).send(paths, Map.of());
    }

    private void study(String database) {
        RiskSettings settings = RiskSettings.DEFAULT;
        RiskStudy study = new RiskStudy(panels(database, settings), settings, seed);
        for (RiskEvent event : settings.events()) {
            RiskTables.of(study.measure(event)).forEach(line -> out.line("%s", line));
            if (before != null) {
                cases(study, event, before);
            }
            out.line("");
        }
    }

    /** The models know what was known a day before the earliest of the days. */
    private void cases(RiskStudy study, RiskEvent event, LocalDate day) {
        List<LocalDate> days =
                this.days.stream().sorted((a, b) -> b - a).map(day::minusDays).toList();
        Set<String> asked = new TreeSet<>(assets);
        out.line("%nBefore %s, by a model that knew nothing later than %s:%n", day, days.getFirst());
        RiskTables.of(study.cases(
                        event,
                        days.getFirst().atStartOfDay(ZoneOffset.UTC).toInstant(),
                        asked,
                        days.stream()
                                .map(one -> one.atStartOfDay(ZoneOffset.UTC).toInstant())
                                .toList()))
                .forEach(line -> out.line("%s", line));
    }

    private static RiskPanels panels(String database, RiskSettings settings) {
        DriverManagerDataSource source = new DriverManagerDataSource(database, "postgres", "");
        TransactionTemplate snapshot = Snapshots.of(new JdbcTransactionManager(source));
        JdbcClient jdbc = JdbcClient.create(source);
        try {
            return new RiskData(new CandleStore(jdbc), new ProtocolStore(jdbc), snapshot)
                    .read(settings.interval(), settings.market());
        } catch (NoDataException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }
}
