package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysCommandTest {

    private static final Map<String, Object> ASKS_FOR_KEYS = Map.of("mlpool.security.mode", "api-key");

    @TempDir
    Path folder;

    @Test
    void poolThatAsksForKeysCanBeUsedByItsOwnCommandsAndByWhoGetsAKey() throws Exception {
        PoolHome home = new PoolHome(folder.resolve("pool"));
        String before;
        try (Pool pool = Pool.open(home, Ports.free())) {
            pool.startServing(ASKS_FOR_KEYS);
            before = home.commandKey().read().orElseThrow();
            ownClientHasAKeyThatNobodyElseCanRead(pool);
            keyIsMadeRotatedAndRevokedWhileThePoolRuns(pool);
        }
        assertThat(keys(home, "list").out()).contains("mlpool-command", "desk", "revoked");
        try (Pool pool = Pool.open(home, Ports.free())) {
            pool.startServing(ASKS_FOR_KEYS);
            assertThat(home.client().get(models(pool)).has("models")).isTrue();
            assertThat(status(models(pool), before))
                    .as("the key of the start before")
                    .isEqualTo(401);
            withoutItsFileTheCommandSaysWhatIsMissing(pool);
        }
    }

    private static void ownClientHasAKeyThatNobodyElseCanRead(Pool pool) throws IOException {
        assertThat(pool.home().client().get(models(pool)).has("models")).isTrue();
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(pool.home().commandKey().file())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> new PoolClient().get(models(pool)))
                .isInstanceOf(PoolClient.Refusal.class)
                .hasMessageContaining("a key is needed", "X-API-Key", "./mlpool keys create");
    }

    private static void keyIsMadeRotatedAndRevokedWhileThePoolRuns(Pool pool) {
        Commands.Result created = keys(pool.home(), "create", "desk", "--expires-in", "90d");
        String key = created.firstLine();
        assertThat(created.out())
                .contains(
                        "it may read,predict",
                        "curl -s http://localhost:" + pool.ports().serving() + "/predict")
                .contains("-H 'X-API-Key: " + key + "'");
        eventually(() -> assertThat(status(models(pool), key)).isEqualTo(200));

        String rotated = keys(pool.home(), "rotate", "desk", "--grace", "0").firstLine();
        eventually(() -> assertThat(status(models(pool), rotated)).isEqualTo(200));
        assertThat(status(models(pool), key)).isEqualTo(401);

        String id = rotated.substring(4, 16);
        assertThat(keys(pool.home(), "revoke", id).out()).isEqualTo("The key 'desk' (%s) is revoked.%n".formatted(id));
        eventually(() -> assertThat(status(models(pool), rotated)).isEqualTo(401));
    }

    private static void withoutItsFileTheCommandSaysWhatIsMissing(Pool pool) throws IOException {
        Files.delete(pool.home().commandKey().file());

        Commands.Result result =
                execute("predict", "bitcoin", "--home", pool.home().folder().toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("the pool asks for a key", "command.key", "start the pool again");
    }

    @Test
    void firstAdminOfAPoolElsewhereIsMadeOnItsDatabase() {
        String database = TestDatabase.create().url() + "&user=postgres";

        Commands.Result made = execute("keys", "create", "root", "--scopes", "admin", "--database", database);

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("curl -s http://localhost:8001/keys -H 'X-API-Key: mlp_");
        assertThat(execute("keys", "create", "root", "--database", database).err())
                .contains("there is a key 'root' already");
        assertThat(execute("keys", "revoke", "root", "--database", database).err())
                .contains("the last active key with scope admin", "--force");
        assertThat(execute("keys", "revoke", "root", "--force", "--database", database)
                        .code())
                .isZero();
        assertThat(execute("keys", "rotate", "root", "--database", database).err())
                .contains("there is no key 'root'; ./mlpool keys list");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create a --scopes root | known are read, predict, train, admin",
                "create a/b | name must be 1 to 64",
                "create a --expires-in soon | --expires-in must be a time such as",
                "create a --expires-in 0 | longer than nothing",
                "create a --rate-limit=-1 | found -1",
                "rotate a --grace=-1h | --grace must be a time such as",
                "list | there is no pool in",
                "list --database jdbc:postgresql://127.0.0.1:1/none | does not answer"
            })
    void whatCannotBeDoneIsSaidInWords(String arguments, String expected) {
        Commands.Result result = execute(("keys " + arguments + " --home " + folder.resolve("none")).split(" +", -1));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("mlpool: ").contains(expected).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void databaseWithoutTablesOfKeysIsNamed() {
        TestDatabase database = TestDatabase.create();
        database.jdbc().sql("DROP TABLE api_key_secret, api_key").update();

        assertThat(execute("keys", "list", "--database", database.url() + "&user=postgres")
                        .err())
                .contains("has no such tables yet");
    }

    private static Commands.Result keys(PoolHome home, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "keys";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--home";
        all[arguments.length + 2] = home.folder().toString();
        Commands.Result result = execute(all);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private static String models(Pool pool) {
        return pool.ports().servingUrl() + "/models";
    }

    private static int status(String url, String key) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("X-API-Key", key)
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
