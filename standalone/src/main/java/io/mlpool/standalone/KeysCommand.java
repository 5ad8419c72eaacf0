package io.mlpool.standalone;

import io.mlpool.security.ApiKey;
import io.mlpool.security.IssuedKey;
import io.mlpool.security.KeyRequest;
import io.mlpool.security.Keys;
import io.mlpool.security.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes, lists, rotates and revokes the keys that a pool in mode api-key asks for (MLPOOL_SECURITY_MODE=api-key). A running pool "
                    + "heeds what changes within two seconds.%n",
            "./mlpool keys create trading-desk --scopes read,predict --expires-in 90d",
            "./mlpool keys create root --scopes admin --database jdbc:postgresql://db/mlpool%n"
        })
final class KeysCommand {

    private static final String LINE = "%-12s  %-24s  %-8s  %-26s  %-20s  %s";

    @Mixin
    private final Output out = new Output();

    private final Clock clock = Clock.systemUTC();

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a key. The first line that is printed is the key, and this is the only time that it is shown.")
    int create(
            @Parameters(paramLabel = "NAME", description = "Of letters, digits, '.', '-', '_'") String name,
            @Option(
                            names = "--scopes",
                            split = ",",
                            paramLabel = "SCOPE",
                            description = "Of read, predict, train, admin, separated by commas. Default: read,predict")
                    @Nullable Set<String> scopes,
            @Option(names = "--expires-in", paramLabel = "TIME", description = "12h, 90d. Default: never") @Nullable String expiresIn,
            @Option(
                            names = "--rate-limit",
                            paramLabel = "N",
                            description =
                                    "Requests per minute and replica, 0 for no limit. Default: that of the services")
                    @Nullable Integer rateLimit,
            @Mixin KeysDatabase database) {
        KeyRequest request = request(name, scopes, expiresIn, rateLimit);
        show(database.ask(keys -> keys.create(request, "./mlpool keys")), database.ports());
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all keys, also those that have ended.")
    int list(@Mixin KeysDatabase database) {
        List<ApiKey> keys = database.ask(Keys::all);
        out.line(LINE, "id", "name", "state", "scopes", "expires", "last used");
        keys.forEach(key -> out.line(
                LINE,
                key.id(),
                key.name(),
                key.state(clock.instant()).label(),
                labels(key),
                Optional.ofNullable(key.expiresAt()).map(Object::toString).orElse("never"),
                Optional.ofNullable(key.lastUsedOn()).map(Object::toString).orElse("never")));
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Gives a key a new secret, which is shown this once; the old one still counts for a while.")
    int rotate(
            @Parameters(paramLabel = "KEY", description = "Id or name") String key,
            @Option(
                            names = "--grace",
                            paramLabel = "TIME",
                            defaultValue = "24h",
                            description =
                                    "How long the old secret counts: 30m, 24h; 0 for not at all. Default: ${DEFAULT-VALUE}")
                    String grace,
            @Mixin KeysDatabase database) {
        Duration duration = duration("--grace", grace);
        show(database.ask(keys -> keys.rotate(find(keys, key).id(), duration)), database.ports());
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key for good.")
    int revoke(
            @Parameters(paramLabel = "KEY", description = "Id or name") String key,
            @Option(names = "--force", description = "Even if it is the last active key with scope admin")
                    boolean force,
            @Mixin KeysDatabase database) {
        ApiKey revoked = database.ask(keys -> keys.revoke(find(keys, key).id(), force));
        out.line("The key '%s' (%s) is revoked.", revoked.name(), revoked.id());
        return 0;
    }

    private KeyRequest request(
            String name, @Nullable Set<String> scopes, @Nullable String expiresIn, @Nullable Integer rateLimit) {
        try {
            return new KeyRequest(
                    name,
                    scopes == null
                            ? KeyRequest.USUAL
                            : scopes.stream().map(Scope::of).collect(Collectors.toSet()),
                    expiresIn == null ? null : clock.instant().plus(positive("--expires-in", expiresIn)),
                    rateLimit);
        } catch (IllegalArgumentException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    /** By id, or by the name that a key which is not revoked has. */
    private static ApiKey find(Keys keys, String idOrName) {
        return keys.all().stream()
                .filter(key -> key.id().equals(idOrName) || (key.name().equals(idOrName) && key.revokedAt() == null))
                .findFirst()
                .orElseThrow(() -> new MlpoolException(
                        "there is no key '%s'; ./mlpool keys list shows those there are".formatted(idOrName)));
    }

    private void show(IssuedKey issued, Ports ports) {
        out.line("%s", issued.text());
        out.line(
                "This is the key '%s' (%s); it may %s. It is not shown again. To try it:",
                issued.key().name(), issued.key().id(), labels(issued.key()));
        out.line("  %s", example(issued, ports));
    }

    private static String example(IssuedKey issued, Ports ports) {
        Set<Scope> scopes = issued.key().scopes();
        String key = " -H 'X-API-Key: " + issued.text() + "'";
        if (scopes.contains(Scope.PREDICT)) {
            return Ports.curl(ports.servingUrl()) + "/predict" + key
                    + " -H 'Content-Type: application/json' -d '{\"asset\":\"bitcoin\"}'";
        }
        if (scopes.contains(Scope.TRAIN) && !scopes.contains(Scope.READ)) {
            return Ports.curl(ports.trainingUrl()) + "/runs" + key
                    + " -H 'Content-Type: application/json' -d '{\"interval\":\"1h\"}'";
        }
        return Ports.curl(ports.servingUrl()) + (scopes.contains(Scope.READ) ? "/assets" : "/keys") + key;
    }

    private static Duration positive(String option, String text) {
        Duration duration = duration(option, text);
        if (!duration.isPositive()) {
            throw new MlpoolException("%s must be longer than nothing, found '%s'".formatted(option, text));
        }
        return duration;
    }

    private static Duration duration(String option, String text) {
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("negative");
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MlpoolException(
                    "%s must be a time such as 30m, 24h or 90d, found '%s'".formatted(option, text), e);
        }
    }

    private static String labels(ApiKey key) {
        return key.scopes().stream().sorted().map(Scope::label).collect(Collectors.joining(","));
    }
}
