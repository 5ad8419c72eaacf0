package io.mlpool.errors;

import jakarta.validation.Validator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of callers, and says all that is wrong with what cannot be read. */
public final class JsonReading {

    private final JsonMapper json;
    private final ObjectProvider<Validator> validators;

    JsonReading(JsonMapper json, ObjectProvider<Validator> validators) {
        this.json = json;
        this.validators = validators;
    }

    /**
     * A piece of a body that was read as a tree before.
     *
     * @throws InvalidRequestException whose locations begin with {@code body} in place of where the piece stands
     */
    public <T> T read(JsonNode piece, Class<T> type) {
        try {
            return json.treeToValue(piece, type);
        } catch (JacksonException e) {
            throw new InvalidRequestException(all(piece, json.constructType(type), e, new byte[0]));
        }
    }

    /** What is wrong with a body that Spring MVC could not have read. */
    List<ErrorDetail> problems(HttpMessageNotReadableException e) {
        return switch (e.getCause()) {
            case null -> List.of(ErrorDetail.missing(List.of("body")));
            case JacksonException first when e.getHttpInputMessage() instanceof KeptBody body -> problems(body, first);
            case JacksonException first -> List.of(first(first, new byte[0]));
            default -> List.of(new ErrorDetail("json_invalid", List.of("body"), "JSON decode error", null));
        };
    }

    private List<ErrorDetail> problems(KeptBody body, JacksonException first) {
        JsonNode tree = tree(body.bytes());
        return tree == null
                ? List.of(first(first, body.bytes()))
                : all(tree, json.constructType(body.type()), first, body.bytes());
    }

    private List<ErrorDetail> all(JsonNode tree, JavaType type, JacksonException first, byte[] body) {
        List<ErrorDetail> all = WholeReading.problems(json, validators.getIfAvailable(), tree, type);
        return all.isEmpty() ? List.of(first(first, body)) : all;
    }

    private static ErrorDetail first(JacksonException first, byte[] body) {
        return UnreadableBody.detail(List.of("body"), first, null, body);
    }

    /** With all digits of its numbers; null for what is no JSON. */
    private @Nullable JsonNode tree(byte[] body) {
        try {
            return json.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(body);
        } catch (JacksonException | NumberFormatException _) { // the latter of exponents beyond an int
            return null;
        }
    }
}
