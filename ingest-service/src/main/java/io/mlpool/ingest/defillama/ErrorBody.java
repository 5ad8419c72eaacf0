package io.mlpool.ingest.defillama;

import io.mlpool.ingest.PrintableText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an error answer says: a message as JSON, bare words, or a page of Cloudflare.
 *
 * @param code Cloudflare's (1015, 1020) where given, else the HTTP status
 * @param message in words, without the final full stop
 * @param page whether it is no JSON at all
 */
record ErrorBody(int code, String message, boolean page) {

    private static final Pattern CLOUDFLARE = Pattern.compile("(?i)error(?:\\s+code)?[:\\s]{1,3}(10\\d\\d)\\b");
    private static final Pattern TITLE = Pattern.compile("(?is)<title>\\s*(.*?)\\s*</title>");
    private static final int SHOWN = 200;

    static ErrorBody read(int status, String body) {
        String text = body.strip();
        if (text.isEmpty()) {
            return new ErrorBody(status, "an empty body", true);
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(text);
            JsonNode said = json.has("message") ? json.path("message") : json.path("error");
            return new ErrorBody(status, sentence(said.isString() ? said.asString() : text), false);
        } catch (JacksonException e) {
            Matcher code = CLOUDFLARE.matcher(text);
            Matcher title = TITLE.matcher(text);
            String message = title.find() ? "a page titled '%s'".formatted(sentence(title.group(1))) : sentence(text);
            return new ErrorBody(code.find() ? Integer.parseInt(code.group(1)) : status, message, true);
        }
    }

    Trouble trouble(int status) {
        if (status == 429 || code == 1015) {
            return Trouble.RATE_LIMITED;
        }
        if (status == 408 || status >= 500) {
            return Trouble.SERVER;
        }
        return switch (status) {
            case 401, 402 -> Trouble.NOT_FREE;
            case 403 -> page ? Trouble.BLOCKED : Trouble.NOT_FREE;
            case 404 -> Trouble.NOT_FOUND;
            case 400 -> message.contains("rotocol") ? Trouble.NOT_FOUND : Trouble.BAD_REQUEST;
            default -> status < 400 ? Trouble.UNREADABLE : Trouble.BAD_REQUEST;
        };
    }

    private static String sentence(String message) {
        String shown = PrintableText.of(message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "...");
        return shown.endsWith(".") && !shown.endsWith("...") ? shown.substring(0, shown.length() - 1) : shown;
    }
}
