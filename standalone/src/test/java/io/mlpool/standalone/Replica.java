package io.mlpool.standalone;

import io.mlpool.serving.ServingService;
import io.mlpool.training.TrainingService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One more service of a running pool, as another machine would have it: the same database, MLflow and keys that sign, a port and a folder of its own. */
final class Replica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Replica ofServing(Pool pool, Path folder) {
        return start(ServingService.class, "serving-service", pool, folder);
    }

    static Replica ofTraining(Pool pool, Path folder) {
        return start(TrainingService.class, "training-service", pool, folder);
    }

    private static Replica start(Class<?> service, String name, Pool pool, Path folder) {
        List<String> arguments = new ArrayList<>(List.of(
                "server.port=0",
                "spring.datasource.url=" + pool.databaseUrl(),
                "spring.datasource.username=postgres",
                "spring.main.banner-mode=off",
                "mlpool.model.storage=" + folder,
                "mlpool.tracking.uri=" + pool.mlflow().orElseThrow(),
                "logging.file.name=" + pool.home().log(),
                "logging.include-application-name=false",
                "logging.threshold.console=OFF"));
        pool.home().signing().settings().forEach((setting, value) -> arguments.add(setting + "=" + value));
        return new Replica(new SpringApplicationBuilder(service)
                .properties("spring.config.name=" + name)
                .registerShutdownHook(false)
                .run(arguments.stream().map("--"::concat).toArray(String[]::new)));
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
