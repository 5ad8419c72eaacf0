package io.mlpool.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.KeyRequest;
import io.mlpool.security.Keys;
import io.mlpool.security.Rights;
import io.mlpool.security.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** The table of rights as {@code docs/security.md} shows it, held against a service that runs in mode api-key. */
public final class TableOfRights {

    private static final Path DOCUMENT = Path.of("../docs/security.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\S+) (\\S+)` \\| (.+) \\|");

    private final List<Row> rows;
    private final String text;

    private TableOfRights(List<String> lines) {
        rows = lines.stream().map(Row::read).toList();
        text = String.join("\n", lines);
    }

    /** A row: which calls, and what they need. */
    private record Row(String method, String pattern, String needs) {

        static Row read(String line) {
            Matcher cells = ROW.matcher(line);
            if (!cells.matches()) {
                throw new AssertionError("not a row of the table: " + line);
            }
            return new Row(cells.group(1), cells.group(2), cells.group(3));
        }

        boolean fits(Call call) {
            return (method.equals("*") || method.equals(call.method()))
                    && PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(call.path()));
        }
    }

    /** A request to an endpoint. */
    private record Call(String method, String path) {}

    /** The table below the heading of a service. */
    public static TableOfRights of(String service) {
        try {
            String document = Files.readString(DOCUMENT);
            String section = document.substring(document.indexOf("\n### " + service + "\n"));
            return new TableOfRights(section.lines()
                    .dropWhile(line -> !line.startsWith("| `"))
                    .takeWhile(line -> line.startsWith("|"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key with each single scope; the service has to be started afterwards. */
    public static Map<Scope, String> keys(TestDatabase database) {
        Keys keys = Keys.in(database.dataSource(), Clock.systemUTC());
        Map<Scope, String> made = new EnumMap<>(Scope.class);
        for (Scope scope : Scope.values()) {
            KeyRequest request = new KeyRequest("only-" + scope.label(), Set.of(scope), null, 0);
            made.put(scope, keys.create(request, "test").text());
        }
        return made;
    }

    /** Asserts that the document and the code have the same table. */
    public void assertIs(Rights rights) {
        assertThat(text).isEqualTo(rights.toString());
    }

    /** Asserts that every endpoint is in the table, and calls each without a key and with each of the keys. */
    public void assertHolds(ApplicationContext service, Map<Scope, String> keys) {
        List<Call> calls = calls(service);
        assertThat(calls).hasSizeGreaterThan(5);
        String address = "http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port");
        List<String> wrong = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Call call : calls) {
                Optional<Row> row = rows.stream().filter(one -> one.fits(call)).findFirst();
                if (row.isEmpty()) {
                    wrong.add(call + " is not in the table");
                    continue;
                }
                check(client, address, call, row.get().needs(), null, "", wrong);
                keys.forEach(
                        (scope, key) -> check(client, address, call, row.get().needs(), scope, key, wrong));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void check(
            HttpClient client,
            String address,
            Call call,
            String needs,
            @Nullable Scope scope,
            String key,
            List<String> wrong) {
        boolean isPublic = needs.startsWith("public");
        int refusal = isPublic || (scope != null && scope.label().equals(needs)) ? 0 : scope == null ? 401 : 403;
        int status = status(client, address, call, key);
        boolean right = refusal == 0 ? status != 401 && status != 403 : status == refusal;
        if (!right) {
            wrong.add("%s, which needs '%s', answers %d to a key with %s".formatted(call, needs, status, scope));
        }
    }

    private static int status(HttpClient client, String address, Call call, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call.path()))
                .method(call.method(), BodyPublishers.noBody());
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close(); // A stream of events never ends by itself.
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of all mappings, Spring MVC's and the actuator's; each method of an endpoint that names none. */
    private static List<Call> calls(ApplicationContext service) {
        return service.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(TableOfRights::calls)
                .distinct()
                .toList();
    }

    private static Stream<Call> calls(RequestMappingInfo mapping) {
        Set<String> methods = mapping.getMethodsCondition().getMethods().isEmpty()
                ? Set.of("GET", "POST", "PUT", "PATCH", "DELETE")
                : Set.copyOf(mapping.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .toList());
        return mapping.getPatternValues().stream()
                .flatMap(pattern -> methods.stream().map(method -> new Call(method, example(pattern))));
    }

    private static String example(String pattern) {
        return pattern.replaceAll("\\{[^}]*}", "1").replace("/**", "/liveness");
    }
}
