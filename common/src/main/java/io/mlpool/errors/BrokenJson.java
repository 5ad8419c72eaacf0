package io.mlpool.errors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** A body that is no JSON: what is wrong where, without the parser's words, which name its own methods and settings. */
final class BrokenJson {

    private static final int BEFORE = 20;
    private static final int BEHIND = 20;

    private BrokenJson() {}

    /** @param body the whole of it, of which the place is shown; empty when it is not at hand */
    static ErrorDetail detail(JacksonException e, byte[] body) {
        List<Object> place = new ArrayList<>(List.of("body"));
        StringBuilder message = new StringBuilder("JSON decode error: ").append(reason(e));
        TokenStreamLocation at = e.getLocation();
        if (at != null && at.getByteOffset() >= 0) {
            place.add(at.getByteOffset());
            message.append(" (line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
            String near = near(body, at.getByteOffset());
            message.append(near.isEmpty() ? ")" : ", near '%s')".formatted(near));
        }
        return new ErrorDetail("json_invalid", place, message.toString(), null);
    }

    private static String reason(JacksonException e) {
        String said = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return said.replaceAll(", from `[^`]*`", "");
        }
        if (e instanceof UnexpectedEndOfInputException || said.startsWith("No content to map")) {
            return "the body ends before its JSON does";
        }
        if (e.getCause() instanceof NumberFormatException) {
            return "a number is larger or longer than any that is read";
        }
        if (said.startsWith("Trailing token")) {
            return "there is more behind the end of the JSON, one body holds one document";
        }
        if (said.contains("'NaN'") || said.contains("INF'") || said.contains("Infinity'")) {
            return "NaN and infinity are no numbers of JSON";
        }
        return "this is no valid JSON";
    }

    /** The text around the place, as far as it is text. */
    private static String near(byte[] body, long offset) {
        int from = (int) Math.max(0, Math.min(offset, body.length) - BEFORE);
        int to = (int) Math.min(body.length, offset + BEHIND);
        String text = new String(Arrays.copyOfRange(body, from, Math.max(from, to)), StandardCharsets.UTF_8);
        return text.replaceAll("[\\p{Cntrl}\\uFFFD]+", " ").strip();
    }
}
