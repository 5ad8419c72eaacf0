package io.mlpool.serving.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.MediaType;

/** How a result is written. */
enum ResultFormat {
    /** A JSON document in each line. */
    NDJSON("application/x-ndjson"),
    /** RFC 4180, with a header. */
    CSV("text/csv");

    private final String type;

    ResultFormat(String type) {
        this.type = type;
    }

    /**
     * The format with this label.
     *
     * @throws IllegalArgumentException listing those there are
     */
    static ResultFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown format '%s', known are %s"
                        .formatted(
                                label,
                                Arrays.stream(values()).map(ResultFormat::label).collect(Collectors.joining(", ")))));
    }

    /** The one that the caller likes best of these types, in the caller's order; any for no types. */
    static Optional<ResultFormat> accepted(List<MediaType> types) {
        if (types.isEmpty()) {
            return Optional.of(NDJSON);
        }
        return types.stream()
                .flatMap(wanted -> Arrays.stream(values()).filter(format -> wanted.includes(format.type())))
                .findFirst();
    }

    MediaType type() {
        return MediaType.parseMediaType(type);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For query parameters. */
    static final class Reader implements Converter<String, ResultFormat> {

        @Override
        public ResultFormat convert(String label) {
            return of(label);
        }
    }
}
