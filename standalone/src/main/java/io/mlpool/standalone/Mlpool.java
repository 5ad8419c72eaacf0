package io.mlpool.standalone;

import ch.qos.logback.classic.Level;
import io.mlpool.encryption.KeyFileException;
import io.mlpool.mlflow.local.LocalMlflowException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command {@code ./mlpool}. */
@Command(
        name = "mlpool",
        mixinStandardHelpOptions = true,
        version = "ML Pool 0.1.0",
        header = "A machine-learning pool for crypto: prices in, honest forecasts out.%n",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "%nNew here? `./mlpool run` starts everything on this machine and makes the first forecast; nothing else has to be "
                    + "installed. While it runs, in another terminal:%n",
            "  ./mlpool predict bitcoin               where may the price go?",
            "  ./mlpool import BTCUSDT-1h.csv.gz      take in candles or trades",
            "  ./mlpool train                         train now instead of on schedule",
            "  open http://localhost:8001             candles, forecasts and the live model; at /docs the API, to try%n",
            "`./mlpool COMMAND --help` tells more of each.%n"
        },
        footer = {
            "  serve   the serving service alone, against the database and the registry that the environment names",
            "          (docs/configuration.md; ./mlpool serve --help; arguments are settings: --server.port=9001)",
            "  images  Docker images of the services and of MLflow (docs/docker.md); names of some, or training-gpu",
            "  test    builds and runs all tests (arguments go to Maven)%n",
            "Environment:",
            "  MLPOOL_HOME        folder of the pool, ~/.mlpool",
            "  MLPOOL_SECURITY_MODE  open, or api-key: asks callers for keys, see ./mlpool keys",
            "  MLPOOL_ENCRYPTION_KEYS  key file: encrypts the raw archive and models, see ./mlpool encryption",
            "  COINGECKO_API_KEY  optional; with it COINGECKO_PLAN=demo or pro",
            "  MLPOOL_MEMORY      heap of the pool, 3g",
            "  MLPOOL_CACHE       Python environment of `run --mlflow`, ~/.cache/mlpool"
        },
        subcommands = {
            RunCommand.class,
            ImportCommand.class,
            TrainCommand.class,
            StudyCommand.class,
            BacktestCommand.class,
            PredictCommand.class,
            ExperimentCommand.class,
            BenchCommand.class,
            NabCommand.class,
            SkabCommand.class,
            OddsCommand.class,
            RiskStudyCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            KeysCommand.class,
            AuditCommand.class,
            EncryptionCommand.class,
            SigningCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Mlpool {

    private Mlpool() {}

    /** Exit codes: 0 done, 1 it failed and the message says why, 2 the command was not understood. */
    public static void main(String[] arguments) {
        quietUntilServicesStart();
        System.exit(commandLine().execute(arguments));
    }

    /** Each service sets logging up when it starts; what speaks before has nothing to say to people. */
    private static void quietUntilServicesStart() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Mlpool())
                .registerConverter(int.class, wholeNumber(Integer::valueOf))
                .registerConverter(Integer.class, wholeNumber(Integer::valueOf))
                .registerConverter(Long.class, wholeNumber(Long::valueOf))
                .setExecutionExceptionHandler(failuresInWords())
                .setUsageHelpAutoWidth(true);
    }

    private static <T> ITypeConverter<T> wholeNumber(Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("must be a whole number, found '%s'".formatted(text));
            }
        };
    }

    private static IExecutionExceptionHandler failuresInWords() {
        return (failure, command, parsed) -> {
            if (failure instanceof MlpoolException
                    || failure instanceof KeyFileException
                    || failure instanceof PoolClient.Refusal
                    || failure instanceof LocalMlflowException) {
                command.getErr().println("mlpool: " + failure.getMessage());
                return 1;
            }
            throw failure;
        };
    }
}
