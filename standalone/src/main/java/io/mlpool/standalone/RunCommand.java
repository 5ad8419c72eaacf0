package io.mlpool.standalone;

import io.mlpool.mlflow.local.LocalMlflowException;
import io.mlpool.mlflow.local.PythonEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./mlpool run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the pool on this machine: embedded PostgreSQL, ingest, training and serving. The first start gets data, trains a "
                    + "model and makes a forecast; a later one takes seconds and goes on where the pool stopped.",
            "Data come from the files you name, else from CoinGecko where it can be reached, else from recorded trades "
                    + "(Bitstamp, November 2013) that are replayed. Ctrl-C stops the pool."
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--import",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Files or folders with candles or trades to take in first")
    private List<Path> imports = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + Ports.DEFAULT,
            description = "Serving listens on N, ingest on N+1, training on N+2. Default: ${DEFAULT-VALUE}")
    private int port = Ports.DEFAULT;

    @Option(names = "--offline", description = "Do not ask CoinGecko and DefiLlama, even if they can be reached")
    private boolean offline;

    @Option(
            names = "--mlflow",
            description =
                    "Start a local MLflow server too (needs Python) and keep experiments and models in it; what an earlier start "
                            + "without this option trained stays in its folder, unseen")
    private boolean mlflow;

    @Option(
            names = "--mlflow-port",
            paramLabel = "N",
            defaultValue = "5000",
            description = "MLflow listens on N. Default: ${DEFAULT-VALUE}")
    private int mlflowPort = 5000;

    @Option(names = "--once", description = "Stop after the first forecast instead of serving on")
    private boolean once;

    @Mixin
    private HomeOption home = new HomeOption();

    @Override
    public Integer call() {
        Ports ports = Ports.from(port);
        Uploads.requireThere(imports);
        EarlyLook.at(System.getenv());
        EarlyLook.atSettings();
        home.home().requireKeysWhereEncrypted();
        try (Interruption interruption = new Interruption()) {
            return run(ports, interruption);
        }
    }

    private int run(Ports ports, Interruption interruption) {
        Steps steps = new Steps(System.out);
        steps.line("ML Pool in " + home.home().folder());
        Optional<PythonEnvironment> python = mlflow ? Optional.of(python(steps, interruption)) : Optional.empty();
        try (Pool pool = steps.step(
                "Database", () -> Pool.open(home.home(), ports), opened -> "PostgreSQL " + opened.databaseVersion())) {
            serve(pool, python, steps, interruption);
        }
        steps.line("Stopped.");
        return 0;
    }

    /** Before anything is started: whoever has to install Python first should not wait for the rest. */
    private PythonEnvironment python(Steps steps, Interruption interruption) {
        Ports.requireFree(mlflowPort, "another with --mlflow-port N");
        try {
            return PythonEnvironment.prepare(what -> steps.line("  " + what));
        } catch (LocalMlflowException e) {
            if (interruption.isRequested()) {
                throw new MlpoolException("stopped before MLflow was installed; the next start installs it", e);
            }
            throw e;
        }
    }

    private void serve(Pool pool, Optional<PythonEnvironment> python, Steps steps, Interruption interruption) {
        try {
            python.ifPresent(
                    environment -> steps.step("MLflow", () -> pool.startMlflow(environment, mlflowPort), uri -> "%s  %s"
                            .formatted(uri, PythonEnvironment.mlflowVersion())));
            new FirstSteps(pool, steps).take(imports, offline);
            if (!once) {
                interruption.await();
            }
        } catch (RuntimeException e) {
            if (!interruption.isRequested()) {
                throw e;
            }
        } finally {
            boolean wasInterrupted = Thread.interrupted();
            steps.line(wasInterrupted || interruption.isRequested() ? "Stopping ..." : "");
        }
    }
}
