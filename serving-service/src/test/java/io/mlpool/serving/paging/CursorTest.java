package io.mlpool.serving.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.errors.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void cursorSaysWhereThePageEnded() {
        String text = Cursor.behind("bitcoin", 7).text();

        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(parts(text)).isEqualTo("bitcoin 7");
        assertThat(parts(null)).isNull();
    }

    private static @Nullable String parts(@Nullable String cursor) {
        return Cursor.read(cursor, parts -> String.join(" ", parts));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "nonsense", "Yml0Y29pbg"})
    void cursorOfAnotherCallIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.read(text, parts -> Integer.parseInt(parts.get(1))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Input should be the next_cursor of an answer to this call");
    }

    @Test
    void pageHasANextOnlyWhenThereIsMore() {
        assertThat(Page.of(List.of(1, 2), 2, Cursor::behind)).isEqualTo(new Page<>(List.of(1, 2), Optional.empty()));
        assertThat(Page.of(List.of(1, 2, 3), 2, Cursor::behind))
                .isEqualTo(new Page<>(List.of(1, 2), Optional.of(Cursor.behind(2))));
    }
}
