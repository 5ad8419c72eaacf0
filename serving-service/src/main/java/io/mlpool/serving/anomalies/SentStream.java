package io.mlpool.serving.anomalies;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.serving.anomaly.AlarmSettings;
import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Dimension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes points of the columns that a caller sends, or says of each field what is wrong with it. */
final class SentStream {

    static final int MOST_POINTS = 20_000;
    static final int MOST_DIMENSIONS = 32;

    /** Points times dimensions times shingle: some seconds of a core. */
    static final int MOST_WORK = 1_000_000;

    /** Forests count in single precision, and add distances. */
    private static final double LARGEST = 1e30;

    private static final int MOST_SHINGLE = 24;
    private static final int MOST_NAME = 100;
    private static final int MOST_ERRORS = 20;
    private static final double WEEKLY = 2;
    private static final double OF_A_THOUSAND = 5;
    private static final Duration WEEK = Duration.ofDays(7);

    private final DetectRequest request;
    private final Map<String, double[]> columns = new TreeMap<>();
    private final List<ErrorDetail> errors = new ArrayList<>();

    private SentStream(DetectRequest request) {
        this.request = request;
        if (request.dimensions() != null) {
            for (String name : request.dimensions().keySet()) {
                columns.put(name, numbers(request.dimensions().get(name)));
            }
        }
    }

    /** NaN where the caller knows nothing. */
    private static double[] numbers(@Nullable List<@Nullable Double> column) {
        return column == null
                ? new double[0]
                : column.stream().mapToDouble(SentStream::orUnknown).toArray();
    }

    /**
     * What is to be looked at and how.
     *
     * @param points {@code [points][dimensions]}, NaN for what is not known
     */
    record Points(DetectorSettings settings, double[][] points, double minGrade) {}

    /**
     * The points of a request.
     *
     * @throws InvalidRequestException naming all that is wrong, twenty things at most
     */
    static Points of(DetectRequest request) {
        return new SentStream(request).points();
    }

    private Points points() {
        int size = checkColumns();
        checkTimes(size);
        int shingle = checkShingle(size);
        double share = share();
        double minGrade = checkGrade();
        if (!errors.isEmpty()) {
            throw new InvalidRequestException(errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
        }
        List<Dimension> dimensions =
                columns.keySet().stream().map(name -> new Dimension(name, 0)).toList();
        return new Points(DetectorSettings.of(dimensions, shingle, share), table(size), minGrade);
    }

    private double[][] table(int size) {
        return IntStream.range(0, size)
                .mapToObj(row -> columns.values().stream()
                        .mapToDouble(column -> column[row])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double orUnknown(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** How many points there are. */
    private int checkColumns() {
        if (columns.isEmpty()) {
            wrong("missing", "Field required", null, "dimensions");
            return 0;
        }
        if (columns.size() > MOST_DIMENSIONS) {
            wrong(
                    "too_long",
                    "Value error, at most %d dimensions are looked at".formatted(MOST_DIMENSIONS),
                    null,
                    "dimensions");
        }
        int size = columns.values().stream()
                .mapToInt(column -> column.length)
                .max()
                .orElse(0);
        columns.forEach((name, column) -> checkColumn(name, column, size));
        if (size > MOST_POINTS) {
            wrong(
                    "too_long",
                    "Value error, at most %d points are looked at, found %d".formatted(MOST_POINTS, size),
                    null,
                    "dimensions");
        }
        return size;
    }

    private void checkColumn(String name, double[] column, int size) {
        if (name.isBlank() || name.length() > MOST_NAME) {
            wrong(
                    "value_error",
                    "Value error, a name has 1 to %d characters and is not blank".formatted(MOST_NAME),
                    null,
                    "dimensions",
                    name);
        }
        if (column.length == 0) {
            wrong(
                    "list_type",
                    "Input should be a list of numbers and nulls with at least one of them",
                    null,
                    "dimensions",
                    name);
            return;
        }
        if (column.length != size) {
            wrong(
                    "value_error",
                    "Value error, all dimensions need as many numbers: the longest has %d, this one %d"
                            .formatted(size, column.length),
                    null,
                    "dimensions",
                    name);
        }
        for (int i = 0; i < column.length && errors.size() < MOST_ERRORS; i++) {
            if (Math.abs(column[i]) > LARGEST) {
                wrong(
                        "value_error",
                        "Value error, must lie between -1e30 and 1e30",
                        Double.isFinite(column[i]) ? column[i] : null,
                        "dimensions",
                        name,
                        i);
            }
        }
    }

    private void checkTimes(int size) {
        List<@Nullable Instant> times = request.times();
        if (times == null) {
            return;
        }
        if (times.size() != size) {
            wrong(
                    "value_error",
                    "Value error, each point needs a time: there are %d points, %d times".formatted(size, times.size()),
                    null,
                    "times");
        }
        Instant before = Instant.MIN;
        for (int i = 0; i < times.size() && errors.size() < MOST_ERRORS; i++) {
            Instant time = times.get(i);
            if (time == null) {
                wrong("missing", "Field required", null, "times", i);
            } else if (!time.isAfter(before)) {
                wrong("value_error", "Value error, must be later than the time before", time.toString(), "times", i);
            }
            before = time == null ? before : time;
        }
    }

    private int checkShingle(int size) {
        int shingle = request.shingle() == null ? 1 : request.shingle();
        if (shingle < 1 || shingle > MOST_SHINGLE) {
            wrong("value_error", "Value error, must lie between 1 and %d".formatted(MOST_SHINGLE), shingle, "shingle");
        } else if ((long) size * columns.size() * shingle > MOST_WORK) {
            wrong(
                    "too_long",
                    "Value error, points times dimensions times shingle is %d, at most %d are looked at"
                            .formatted((long) size * columns.size() * shingle, MOST_WORK),
                    null,
                    "dimensions");
        }
        return shingle;
    }

    private double checkGrade() {
        double grade = request.minGrade() == null ? 0 : request.minGrade();
        if (!(grade >= 0 && grade <= 1)) {
            wrong("value_error", "Value error, must lie between 0 and 1", null, "min_grade");
        }
        return grade;
    }

    /** Share of the points that may be told. */
    private double share() {
        Double weekly = request.alarmsPerWeek();
        Double ofThousand = request.alarmsPerThousand();
        if (weekly != null && ofThousand != null) {
            wrong(
                    "value_error",
                    "Value error, there is one budget: leave this or alarms_per_week away",
                    ofThousand,
                    "alarms_per_thousand");
        }
        if (weekly != null && request.times() == null) {
            wrong(
                    "value_error",
                    "Value error, needs times: without them say alarms_per_thousand",
                    weekly,
                    "alarms_per_week");
        }
        checkBudget(weekly, Double.MAX_VALUE, "alarms_per_week");
        checkBudget(ofThousand, 1_000 * AlarmSettings.MOST_SHARE, "alarms_per_thousand");
        if (!errors.isEmpty()) {
            return AlarmSettings.MOST_SHARE;
        }
        List<@Nullable Instant> times = request.times();
        double share = ofThousand != null || times == null
                ? (ofThousand == null ? OF_A_THOUSAND : ofThousand) / 1_000
                : (weekly == null ? WEEKLY : weekly) * step(times) / WEEK.toMillis();
        return Math.clamp(share, Double.MIN_NORMAL, AlarmSettings.MOST_SHARE);
    }

    private void checkBudget(@Nullable Double budget, double most, String field) {
        if (budget != null && !(budget > 0 && budget <= most)) {
            wrong(
                    "value_error",
                    most < Double.MAX_VALUE
                            ? "Value error, must be greater than 0 and at most %.0f".formatted(most)
                            : "Value error, must be greater than 0 and finite",
                    Double.isFinite(budget) ? budget : null,
                    field);
        }
    }

    /** The usual time between two points, in milliseconds: half of them are not farther apart. */
    private static double step(List<@Nullable Instant> times) {
        long[] steps = IntStream.range(1, times.size())
                .mapToLong(i -> Duration.between(
                                Objects.requireNonNull(times.get(i - 1)), Objects.requireNonNull(times.get(i)))
                        .toMillis())
                .sorted()
                .toArray();
        return steps.length == 0 ? 1 : Math.max(1, steps[steps.length / 2]);
    }

    private void wrong(String type, String message, @Nullable Object input, Object... place) {
        List<Object> loc = new ArrayList<>(List.of("body"));
        loc.addAll(List.of(place));
        errors.add(new ErrorDetail(type, loc, message, input));
    }
}
