package io.mlpool.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    private final RequestIds ids = new RequestIds();

    @ParameterizedTest
    @ValueSource(strings = {"a", "0af7651916cd43dd8448eb211c80319c", "job-7.step_3"})
    void saneIdOfTheCallerIsKept(String sent) {
        assertThat(ids.of(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\nb",
                "a;b",
                "ä",
                "<script>",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void idThatIsNotSaneIsReplaced(String sent) {
        assertThat(ids.of(sent)).matches("[0-9a-f]{16}");
    }

    @Test
    void idsThatAreMadeAreNeverTheSame() {
        Set<String> made = new HashSet<>();
        RequestIds others = new RequestIds();
        for (int i = 0; i < 50_000; i++) {
            made.add(ids.of(null));
            made.add(others.of(null));
        }

        assertThat(made).hasSize(100_000);
    }
}
