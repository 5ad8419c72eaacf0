package io.mlpool.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each call of a service needs, as one table. A call that no row names needs the scope admin: what is forgotten is closed,
 * not open, and to all others it is as if nothing were there. {@code HEAD} is {@code GET}; {@code OPTIONS} tells nothing and is public.
 */
public final class Rights {

    private static final Right UNNAMED = Right.of(Scope.ADMIN);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final List<Row> rows;
    private final Map<String, Map<String, Right>> exact = new HashMap<>();
    private final Map<String, List<Shaped>> shaped = new HashMap<>();

    private Rights(List<Row> rows) {
        this.rows = List.copyOf(rows);
        for (String method : METHODS) {
            exact.put(method, exact(method));
            shaped.put(method, shaped(method));
        }
    }

    private record Row(String method, PathShape shape, Right right) {

        boolean isFor(String called) {
            return method.equals("*") || method.equals(called);
        }
    }

    private record Shaped(PathShape shape, Right right) {}

    /** An empty table to be filled row by row. Calls are written {@code POST /predict}; {@code *} is any method. */
    public static Table table() {
        return new Table();
    }

    /** Rows of a table that is not finished; of several that fit a call an exact path counts first, then the first. */
    public static final class Table {

        private final List<Row> rows = new ArrayList<>();

        private Table() {}

        /** Public and never limited: the questions of who watches over the service. */
        public Table probes(String... calls) {
            return add(Right.PROBE, calls);
        }

        /** No key is needed. */
        public Table anyone(String... calls) {
            return add(Right.PUBLIC, calls);
        }

        /** A key with this scope is needed. */
        public Table holdersOf(Scope scope, String... calls) {
            return add(Right.of(scope), calls);
        }

        public Rights build() {
            return new Rights(rows);
        }

        private Table add(Right right, String... calls) {
            for (String call : calls) {
                int space = call.indexOf(' ');
                rows.add(new Row(call.substring(0, space), new PathShape(call.substring(space + 1)), right));
            }
            return this;
        }
    }

    /** What this request needs. */
    Right of(HttpServletRequest request) {
        return of(request.getMethod(), CalledPath.of(request));
    }

    /** What a call needs; the path is null when it can be read in several ways. */
    Right of(String method, @Nullable String path) {
        if (method.equals("OPTIONS")) {
            return Right.PUBLIC;
        }
        Right named = path == null ? null : named(method.equals("HEAD") ? "GET" : method, path);
        return named == null ? UNNAMED : named;
    }

    /** Whether a row names this request: else nobody but who administers the pool may know what is there. */
    boolean names(HttpServletRequest request) {
        String path = CalledPath.of(request);
        String method = request.getMethod();
        return method.equals("OPTIONS")
                || (path != null && named(method.equals("HEAD") ? "GET" : method, path) != null);
    }

    /** Methods by which rows name the path of this request; none when no row names it. */
    List<String> methods(HttpServletRequest request) {
        String path = CalledPath.of(request);
        return path == null
                ? List.of()
                : METHODS.stream()
                        .filter(method -> named(method, path) != null)
                        .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                        .toList();
    }

    private @Nullable Right named(String method, String path) {
        Map<String, Right> known = exact.get(method);
        if (known == null) {
            return null;
        }
        Right right = known.get(path);
        return right == null ? firstOfShape(method, path) : right;
    }

    private @Nullable Right firstOfShape(String method, String path) {
        for (Shaped row : shaped.getOrDefault(method, List.of())) {
            if (row.shape().matches(path)) {
                return row.right();
            }
        }
        return null;
    }

    private Map<String, Right> exact(String method) {
        return rows.stream()
                .filter(row -> row.isFor(method) && row.shape().isExact())
                .collect(Collectors.toMap(row -> row.shape().pattern(), Row::right));
    }

    private List<Shaped> shaped(String method) {
        return rows.stream()
                .filter(row -> row.isFor(method) && !row.shape().isExact())
                .map(row -> new Shaped(row.shape(), row.right()))
                .toList();
    }

    /**
     * The row that a request fits, by which requests can be counted: there are only so many, whatever is called.
     *
     * @return method and shape of the path, {@code GET /models/**}; {@code /...} for the path that no row names
     */
    public String row(HttpServletRequest request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        String path = CalledPath.of(request);
        String shape = rows.stream()
                .filter(row -> path != null && row.isFor(method) && row.shape().matches(path))
                .map(row -> row.shape().pattern())
                .findFirst()
                .orElse("/...");
        return (METHODS.contains(method) ? method : "*") + " " + shape;
    }

    /** The table for people, in Markdown: a row for each call. */
    @Override
    public String toString() {
        return rows.stream()
                .map(row -> "| `%s %s` | %s |"
                        .formatted(
                                row.method(), row.shape().pattern(), row.right().label()))
                .collect(Collectors.joining("\n"));
    }
}
