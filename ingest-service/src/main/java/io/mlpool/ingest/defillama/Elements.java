package io.mlpool.ingest.defillama;

import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.protocols.Told;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The elements of an array, one after the other, and what stands in them: nearly everything may be missing, null or text. */
final class Elements {

    /** Reads one element in the middle of a document, where others follow. */
    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Elements() {}

    /** Hands every element with its number, counted from 1, to the reader; one that it cannot read is counted and left out. */
    static void read(JsonParser json, String what, Told told, BiConsumer<Long, JsonNode> reader) {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("expected an array of %s, found %s".formatted(what, beginning(json)));
        }
        long line = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            JsonNode element = JSON.readTree(json);
            line++;
            try {
                reader.accept(line, element);
            } catch (IllegalArgumentException | DateTimeException e) {
                told.bad(Reason.UNREADABLE, line, e.getMessage() + ": " + element);
            }
        }
    }

    /** What stands instead of what was expected, for people. */
    static String beginning(JsonParser json) {
        String text = json.currentToken() == null ? "nothing" : String.valueOf(JSON.readTree(json));
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    static @Nullable String text(JsonNode element, String name) {
        JsonNode value = element.path(name);
        String text = value.isString() || value.isNumber() ? value.asString().strip() : "";
        return text.isEmpty() ? null : text;
    }

    static List<String> texts(JsonNode element, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : element.path(name)) {
            if (value.isString() && !value.asString().isBlank()) {
                texts.add(value.asString().strip());
            }
        }
        return texts;
    }

    /** A number, also one written as text; null when there is none. */
    static @Nullable Double number(JsonNode element, String name) {
        String text = text(element, name);
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is no number, '%s'".formatted(name, text), e);
        }
    }

    static @Nullable Boolean truth(JsonNode element, String name) {
        JsonNode value = element.path(name);
        return value.isBoolean() ? value.asBoolean() : null;
    }

    /** Unix seconds. */
    static @Nullable Instant time(JsonNode element, String name) {
        Double seconds = number(element, name);
        return seconds == null || seconds <= 0 ? null : Instant.ofEpochSecond(seconds.longValue());
    }
}
