package io.mlpool.ingest.coingecko;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an error answer says. CoinGecko uses four shapes of JSON, and Cloudflare in front of it answers with pages.
 *
 * @param code CoinGecko's (10002...) or Cloudflare's (1015, 1020) where given, else the HTTP status
 * @param message in words, without the final full stop
 * @param page whether it is no JSON at all
 */
record ErrorBody(int code, String message, boolean page) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CLOUDFLARE = Pattern.compile("(?i)error(?:\\s+code)?[:\\s]{1,3}(10\\d\\d)\\b");
    private static final Pattern TITLE = Pattern.compile("(?is)<title>\\s*(.*?)\\s*</title>");
    private static final int SHOWN = 200;

    static ErrorBody read(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return new ErrorBody(status, "an empty body", true);
        }
        try {
            return inJson(status, JSON.readTree(text))
                    .orElseGet(() -> new ErrorBody(status, "a body of another shape: " + shortened(text), false));
        } catch (JacksonException e) {
            return inPage(status, text);
        }
    }

    /** The error within a JSON document, if it is one. */
    static Optional<ErrorBody> inJson(int status, JsonNode json) {
        JsonNode error = json.path("error");
        if (json.path("status").isObject()) {
            return Optional.of(inStatus(status, json.path("status")));
        }
        if (error.path("status").isObject()) {
            return Optional.of(inStatus(status, error.path("status")));
        }
        if (error.isString()) {
            int code = json.path("error_code").asInt(json.path("status").asInt(status));
            return Optional.of(new ErrorBody(code, sentence(error.asString()), false));
        }
        return Optional.empty();
    }

    private static ErrorBody inStatus(int httpStatus, JsonNode status) {
        String message = status.path("error_message").asString("no message");
        return new ErrorBody(status.path("error_code").asInt(httpStatus), sentence(message), false);
    }

    private static ErrorBody inPage(int status, String text) {
        Matcher code = CLOUDFLARE.matcher(text);
        Matcher title = TITLE.matcher(text);
        String message = title.find() ? "a page titled '%s'".formatted(shortened(title.group(1))) : shortened(text);
        return new ErrorBody(code.find() ? Integer.parseInt(code.group(1)) : status, message, true);
    }

    Trouble trouble(int status) {
        return switch (code) {
            case 10002 -> Trouble.BAD_KEY;
            case 10005 -> Trouble.NOT_IN_PLAN;
            case 10010, 10011 -> Trouble.WRONG_PLAN;
            case 10012 -> Trouble.TIME_RANGE;
            case 1020 -> Trouble.BLOCKED;
            case 429, 1015 -> Trouble.RATE_LIMITED;
            default -> byStatus(status);
        };
    }

    private Trouble byStatus(int status) {
        if (status == 429) {
            return Trouble.RATE_LIMITED;
        }
        if (status == 408 || status >= 500 || code == 408 || (code >= 500 && code < 600)) {
            return Trouble.SERVER;
        }
        return switch (status) {
            case 401 -> Trouble.BAD_KEY;
            case 403 -> page ? Trouble.BLOCKED : Trouble.NOT_IN_PLAN;
            case 404 -> Trouble.NOT_FOUND;
            default -> status < 400 ? Trouble.UNREADABLE : Trouble.BAD_REQUEST;
        };
    }

    private static String sentence(String message) {
        String shown = shortened(message.strip());
        return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
