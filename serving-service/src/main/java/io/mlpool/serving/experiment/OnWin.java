package io.mlpool.serving.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happens when the challenger is proved better. */
enum OnWin {
    /** It is said; people promote. */
    TELL,
    /** The challenger becomes the champion. */
    PROMOTE;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static OnWin of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
