package io.mlpool.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows in a JSON document, wherever they stand: every array of plain values is a line, and so is every object in an array, after
 * a first line with its names. What an envelope says around them is kept: an error, a symbol.
 */
final class JsonTable implements Table, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonParser parser;
    private final ArrayDeque<Line> ready = new ArrayDeque<>();
    private final Map<String, String> envelope = new LinkedHashMap<>();
    private List<String> names = List.of();
    private String name = "";
    private @Nullable String damage;
    private long lines;

    JsonTable(InputStream in) {
        parser = JSON.createParser(in);
    }

    @Override
    public @Nullable Line next() throws IOException {
        try {
            JsonToken token = ready.isEmpty() ? parser.nextToken() : null;
            while (token != null) {
                read(token);
                token = ready.isEmpty() ? parser.nextToken() : null;
            }
        } catch (JacksonException e) {
            damage = "the JSON breaks off: " + e.getOriginalMessage();
        }
        return ready.poll();
    }

    @Override
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** What the exchange says instead of rows: {@code {"code":"40034","msg":"Parameter does not exist"}}. */
    Optional<String> refusal() {
        boolean wrong = says("code", "0", "00000", "200000") || says("retCode", "0") || envelope.containsKey("error");
        return wrong ? Optional.of(envelope.toString()) : Optional.empty();
    }

    Optional<String> symbol() {
        return Optional.ofNullable(envelope.get("symbol")).or(() -> Optional.ofNullable(envelope.get("pair")));
    }

    @Override
    public void close() {
        parser.close();
    }

    private boolean says(String field, String... fine) {
        String value = envelope.get(field);
        return value != null && !List.of(fine).contains(value);
    }

    private void read(JsonToken token) {
        switch (token) {
            case PROPERTY_NAME -> name = parser.currentName();
            case START_ARRAY -> readArray();
            case START_OBJECT -> {
                if (parser.streamReadContext().getParent().inArray()) {
                    readObject();
                }
            }
            default -> {
                if (token.isScalarValue() && envelope.size() < 32) {
                    envelope.put(name, parser.getString());
                }
            }
        }
    }

    /** An array of values is a row; an array of anything else is looked into by the caller. */
    private void readArray() {
        JsonToken token = parser.nextToken();
        if (token == null || !token.isScalarValue()) {
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                read(token);
            }
            return;
        }
        List<String> values = new ArrayList<>();
        for (; token != null && token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isScalarValue()) {
                values.add(plain(parser.getString()));
            } else {
                parser.skipChildren();
            }
        }
        if (name.equals("error")) {
            envelope.put(name, values.toString());
        } else {
            ready.add(Line.of(++lines, values));
        }
    }

    private void readObject() {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_OBJECT;
                token = parser.nextToken()) {
            if (token == JsonToken.PROPERTY_NAME) {
                name = parser.currentName();
            } else if (token.isScalarValue()) {
                values.put(name, plain(parser.getString()));
            } else {
                parser.skipChildren();
            }
        }
        if (names.isEmpty()) {
            names = List.copyOf(values.keySet());
            ready.add(Line.of(++lines, names));
        }
        ready.add(Line.of(
                ++lines, names.stream().map(n -> values.getOrDefault(n, "")).toList()));
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replace('\n', ' ');
    }
}
