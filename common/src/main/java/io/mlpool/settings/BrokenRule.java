package io.mlpool.settings;

import org.springframework.validation.ObjectError;

/** A rule of bean validation that a setting breaks: in English, whatever the language of the machine. */
final class BrokenRule {

    private BrokenRule() {}

    /** {@code at least 1}. */
    static String inWords(ObjectError error) {
        return switch (String.valueOf(error.getCode())) {
            case "Min", "DecimalMin" -> "at least " + bound(error);
            case "Max", "DecimalMax" -> "at most " + bound(error);
            case "Positive" -> "more than 0";
            case "NotNull", "NotBlank", "NotEmpty" -> "given";
            case "DurationMin" -> "a longer time";
            case "DurationMax" -> "a shorter time";
            default -> String.valueOf(error.getDefaultMessage());
        };
    }

    /** Attributes of the rule come in the order of their names, the value last. */
    private static String bound(ObjectError error) {
        Object[] arguments = error.getArguments();
        return arguments == null || arguments.length == 0 ? "?" : String.valueOf(arguments[arguments.length - 1]);
    }
}
