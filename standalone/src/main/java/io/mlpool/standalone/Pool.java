package io.mlpool.standalone;

import io.mlpool.encryption.EncryptionProperties;
import io.mlpool.ingest.IngestService;
import io.mlpool.mlflow.local.LocalMlflow;
import io.mlpool.mlflow.local.MlflowSetup;
import io.mlpool.mlflow.local.PythonEnvironment;
import io.mlpool.security.Keys;
import io.mlpool.security.SecurityProperties;
import io.mlpool.serving.ServingService;
import io.mlpool.training.TrainingService;
import java.net.URI;
import java.nio.channels.FileLock;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The running pool: an embedded PostgreSQL, the services, each in its own application context, and if wanted MLflow. */
final class Pool implements AutoCloseable {

    private static final String IN_HOME =
            ": move it out of the home, who copies that must not get the keys with what they encrypt";

    private final PoolHome home;
    private final FileLock lock;
    private final EmbeddedDatabase database;
    private final Clock clock;
    private final Deque<ConfigurableApplicationContext> services = new ArrayDeque<>();
    private Optional<LocalMlflow> mlflow = Optional.empty();
    private Ports ports;
    private boolean asksForKeys;

    private Pool(PoolHome home, Ports ports, FileLock lock, Clock clock) {
        this.clock = clock;
        this.home = home;
        this.ports = ports;
        this.lock = lock;
        this.database = EmbeddedDatabase.start(home);
    }

    /** Takes the home and starts the database; services are started one by one. */
    static Pool open(PoolHome home, Ports ports) {
        return open(home, ports, Clock.systemUTC());
    }

    /** The same whose services live by this clock; only when their tasks are due is for the system's. */
    static Pool open(PoolHome home, Ports ports, Clock clock) {
        FileLock lock = home.take();
        try {
            ports.requireFree();
            home.tellAddress(ports, "", "");
            Pool pool = new Pool(home, ports, lock, clock);
            home.tellAddress(ports, pool.databaseUrl(), "");
            return pool;
        } catch (RuntimeException e) {
            giveBack(home, lock);
            throw e;
        }
    }

    /** As far as the services have started it is known where TLS is spoken. */
    Ports ports() {
        return ports;
    }

    PoolHome home() {
        return home;
    }

    /** For people: the server's version. */
    String databaseVersion() {
        return jdbc().sql("SHOW server_version").query(String.class).single();
    }

    /** For JDBC; the user is {@code postgres}, there is no password. */
    String databaseUrl() {
        return database.url();
    }

    /** Whether the services that were started want to see a key. */
    boolean asksForKeys() {
        return asksForKeys;
    }

    /** The key file, in words; empty when what the services write is not encrypted. */
    Optional<String> encryption() {
        return services.getFirst()
                .getBean(EncryptionProperties.class)
                .keyFile()
                .map(keys -> keys.toAbsolutePath().normalize())
                .map(keys -> "with the keys in %s%s".formatted(keys, keys.startsWith(home.folder()) ? IN_HOME : ""));
    }

    HeldCandles candles() {
        return new HeldCandles(jdbc());
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(database.url(), "postgres", ""));
    }

    /** Starts ingest and gives its context for what it does not offer over HTTP. */
    ApplicationContext startIngest(Map<String, Object> settings) {
        ApplicationContext ingest = start(IngestService.class, ports.ingest(), settings);
        encryption().ifPresent(keys -> home.noteEncryption());
        return ingest;
    }

    /** Starts MLflow beside the services; those of training and serving that start from now on keep experiments and models there. */
    URI startMlflow(PythonEnvironment python, int port) {
        mlflow = Optional.of(LocalMlflow.start(python, MlflowSetup.in(home.mlflow(), port)));
        tellAddress();
        return mlflow.get().uri();
    }

    /** Where the local MLflow is; empty when it was not wanted. */
    Optional<URI> mlflow() {
        return mlflow.map(LocalMlflow::uri);
    }

    ApplicationContext startTraining(Map<String, Object> settings) {
        return start(TrainingService.class, ports.training(), ofModels(settings));
    }

    ApplicationContext startServing(Map<String, Object> settings) {
        return start(ServingService.class, ports.serving(), ofModels(settings));
    }

    /** Stops the services, the last started first, then MLflow and the database: nobody loses them while working. */
    @Override
    public void close() {
        while (!services.isEmpty()) {
            services.pop().close();
        }
        mlflow.ifPresent(LocalMlflow::close);
        database.close();
        home.forgetAddress();
        giveBack(home, lock);
    }

    private static void giveBack(PoolHome home, FileLock lock) {
        try {
            lock.channel().close();
        } catch (java.io.IOException e) {
            throw new MlpoolException("cannot give back " + home.folder(), e);
        }
    }

    private void tellAddress() {
        home.tellAddress(ports, databaseUrl(), mlflow().map(URI::toString).orElse(""));
    }

    /** Where models are and who signs them, which the services that have to do with models are told. */
    private Map<String, Object> ofModels(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        mlflow().ifPresent(uri -> all.put("mlpool.tracking.uri", uri));
        all.putAll(new OwnSigning(home).begin(mlflow()));
        all.putAll(settings);
        return all;
    }

    private ApplicationContext start(Class<?> service, int port, Map<String, Object> settings) {
        List<String> arguments = new ArrayList<>();
        settings(port).forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
        settings.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
        FailedStart failed = new FailedStart();
        try {
            services.push(new SpringApplicationBuilder(service)
                    .properties("spring.config.name=" + configName(service))
                    .listeners(failed)
                    .initializers(context -> context.getBeanFactory().registerSingleton("poolClock", clock))
                    .registerShutdownHook(false)
                    .run(arguments.toArray(String[]::new)));
        } catch (RuntimeException e) {
            throw new MlpoolException(
                    "%s cannot start: %s (%s says more)".formatted(configName(service), failed.inWords(e), home.log()),
                    e);
        }
        noteTls(services.getFirst(), port);
        makeKey(services.getFirst());
        return services.getFirst();
    }

    /** Each service may have a certificate of its own, or none. */
    private void noteTls(ApplicationContext service, int port) {
        if (Ssl.isEnabled(Binder.get(service.getEnvironment())
                .bind("server.ssl", Ssl.class)
                .orElse(null))) {
            ports = ports.withTls(port);
            tellAddress();
        }
    }

    /** The first service that asks for keys gets one for the commands; those after it read it when they start. */
    private void makeKey(ApplicationContext service) {
        if (!asksForKeys && service.getBean(SecurityProperties.class).asksForKeys()) {
            home.commandKey()
                    .write(service.getBean(Keys.class)
                            .replace(CommandKey.NAME, "mlpool")
                            .text());
            asksForKeys = true;
        }
    }

    /** Each service finds its own settings file on the one class path by its name. */
    private static String configName(Class<?> service) {
        return service.getSimpleName().replace("Service", "-service").toLowerCase(java.util.Locale.ROOT);
    }

    private Map<String, Object> settings(int port) {
        return Map.ofEntries(
                Map.entry("server.port", port),
                Map.entry("spring.datasource.url", database.url()),
                Map.entry("spring.datasource.username", "postgres"),
                Map.entry("spring.datasource.password", ""),
                Map.entry("spring.main.banner-mode", "off"),
                Map.entry("spring.jmx.enabled", false),
                Map.entry("mlpool.model.storage", home.models()),
                Map.entry("mlpool.ingest.archive", home.archive()),
                Map.entry("mlpool.ingest.inbox.folder", home.inbox()),
                Map.entry("logging.file.name", home.log()),
                // Logging is one for the process: the name of the service that started first would stand in all lines.
                Map.entry("logging.include-application-name", false),
                Map.entry("logging.threshold.console", "OFF"));
    }
}
