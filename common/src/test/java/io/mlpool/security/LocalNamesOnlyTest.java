package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesOnlyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "pool.localhost", "127.0.0.1", "127.8.8.8", "127.1", "[::1]", "::1"})
    void namesOfThisMachineAreLocal(String name) {
        assertThat(LocalNamesOnly.isLocal(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "10.0.0.1", "[2001:db8::1]", "0.0.0.0", "", "x"})
    void allOthersAreNot(String name) {
        assertThat(LocalNamesOnly.isLocal(name)).isFalse();
    }
}
