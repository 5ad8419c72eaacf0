package io.mlpool.errors;

import jakarta.validation.Validator;
import java.util.List;
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

    /** What is no JSON behind the first mistake is that before all else. */
    private List<ErrorDetail> problems(KeptBody body, JacksonException first) {
        if (!body.isUnicode()) {
            return List.of(first(first, new byte[0]));
        }
        try {
            return all(tree(body.bytes()), json.constructType(body.type()), first, body.bytes());
        } catch (JacksonException e) {
            return List.of(BrokenJson.detail(e, body.bytes()));
        } catch (NumberFormatException _) { // of exponents beyond an int
            return List.of(first(first, body.bytes()));
        }
    }

    private List<ErrorDetail> all(JsonNode tree, JavaType type, JacksonException first, byte[] body) {
        List<ErrorDetail> all = WholeReading.problems(json, validators.getIfAvailable(), tree, type);
        return all.isEmpty() ? List.of(first(first, body)) : all;
    }

    private static ErrorDetail first(JacksonException first, byte[] body) {
        return UnreadableBody.detail(List.of("body"), first, null, body);
    }

    /** With all digits of its numbers. */
    private JsonNode tree(byte[] body) {
        return json.reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .readTree(body);
    }
}
