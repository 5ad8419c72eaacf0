package io.mlpool.errors;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** JSON knows one kind of number: 3.0 is a whole one, as it is for FastAPI, and 3.5 is none. */
final class WholeNumbers extends StdDeserializer<Integer> {

    WholeNumbers() {
        super(Integer.class);
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context) {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> parser.getIntValue();
            case VALUE_NUMBER_FLOAT -> whole(parser.getDecimalValue(), context);
            default -> (Integer) context.handleUnexpectedToken(getValueType(context), parser);
        };
    }

    private static Integer whole(BigDecimal number, DeserializationContext context) {
        try {
            return number.intValueExact();
        } catch (ArithmeticException _) {
            return (Integer) context.handleWeirdNumberValue(Integer.class, number, "not a whole number");
        }
    }
}
