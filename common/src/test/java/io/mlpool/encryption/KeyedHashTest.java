package io.mlpool.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyedHashTest {

    @Test
    void itIsThatOfTheSecondExampleOfRfc4231() {
        assertThat(KeyedHash.of("what do ya want for nothing?", "Jefe".getBytes(StandardCharsets.UTF_8), 32))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
