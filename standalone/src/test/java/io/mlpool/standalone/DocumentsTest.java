package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** What the documents point to is there, and what they tell to type is understood. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern TYPED = Pattern.compile("(?m)^(?:[A-Z_]+=\\S+ )*\\./mlpool (.*)$");
    private static final Pattern IN_WORDS = Pattern.compile("`(?:[A-Z_]+=\\S+ )*\\./mlpool ([^`]*)`");
    private static final Pattern FILE = Pattern.compile("[`( ]((?:k8s|docker|docs|bench)/[\\w./-]*\\w)");
    private static final Pattern SCRIPT = Pattern.compile("(?s)```bash\n(.*?)```");
    private static final Pattern QUERY = Pattern.compile("(?s)```sql\n(.*?);\n```");
    private static final Pattern QUERY_IN_WORDS = Pattern.compile("`((?:SELECT|DELETE FROM) [^`;]+);?`");

    private static final Set<String> MADE_LATER = Set.of("docker/.env", "docker/backups", "k8s/examples/my-study");

    @TempDir
    private Path folder;

    /** What {@code mlpool} itself does, before Java starts. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("images", "serve", "test", "COMMAND");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(project())) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream()
                    .sorted();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) {
        assertThat(found(LINK, document))
                .filteredOn(link -> !link.matches("[a-z]+:.*"))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty()
                            ? document
                            : document.resolveSibling(parts[0]).normalize();
                    assertThat(target).exists();
                    if (parts.length == 2) {
                        assertThat(anchors(target)).contains(parts[1]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandIsUnderstood(Path document) {
        List<String> commands = new ArrayList<>(found(TYPED, document));
        commands.addAll(found(IN_WORDS, document));
        assertThat(commands).allSatisfy(command -> {
            String[] words = command.replaceAll("\\s+(#|&|\\||>).*", "").strip().split("\\s+");
            assertThatCode(() -> parse(words)).as(Arrays.toString(words)).doesNotThrowAnyException();
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileThatIsNamedIsThere(Path document) {
        assertThat(found(FILE, document))
                .filteredOn(file -> !MADE_LATER.contains(file))
                .allSatisfy(file -> assertThat(project().resolve(file)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyScriptIsOneThatTheShellUnderstands(Path document) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("all.sh"), String.join("\n", found(SCRIPT, document)));

        Process shell = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyQueryIsOneThatTheDatabaseUnderstands(Path document) throws IOException {
        List<String> queries = new ArrayList<>(found(QUERY, document));
        queries.addAll(found(QUERY_IN_WORDS, document));
        if (!queries.isEmpty()) {
            TestDatabase database = TestDatabase.create();
            assertThat(queries).allSatisfy(query -> assertThatCode(
                            () -> database.jdbc().sql("EXPLAIN " + query).query(rows -> {}))
                    .doesNotThrowAnyException());
        }
    }

    @Test
    void sizesOfRowsCanBeMeasured() throws IOException {
        String script = read(project().resolve("docs/scaling/sizes.sql")).replace("\\set rows 500000", "");
        TestDatabase database = TestDatabase.create();

        new JdbcTemplate(database.dataSource())
                .execute(script.replace(":rows", "500").replace("500.0", "500"));
    }

    /** A command that is only named lacks what it needs, and that is no mistake. */
    private static void parse(String[] words) {
        try {
            if (!OF_THE_SCRIPT.contains(words[0])) {
                Mlpool.commandLine().parseArgs(words);
            }
        } catch (CommandLine.MissingParameterException isNamedOnly) {
            assertThat(words).hasSizeLessThan(3);
        }
    }

    private static List<String> found(Pattern pattern, Path document) {
        return pattern.matcher(read(document))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path document) {
        return HEADING.matcher(read(document))
                .results()
                .map(MatchResult::group)
                .map(heading -> heading.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\s_-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("mlpool")) ? here : here.resolveSibling("");
    }
}
