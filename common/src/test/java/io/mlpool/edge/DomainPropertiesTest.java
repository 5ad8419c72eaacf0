package io.mlpool.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "pool.example.org, https://pool.example.org",
        "POOL.Example.INFO, https://pool.example.info",
        "xn--bcher-kva.example, https://xn--bcher-kva.example",
        "desk-7, https://desk-7"
    })
    void hostNameIsWhereCallersFindTheApi(String domain, String url) {
        assertThat(new DomainProperties(domain).url()).hasValue(url);
    }

    @Test
    void withoutOneNobodyIsToldWhere() {
        assertThat(new DomainProperties("").url()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pool.example.org",
                "pool.example.org:8443",
                "pool.example.org/ml",
                "pool..example",
                "-pool.example",
                "pool_1.example",
                "bücher.example",
                "*.example.org",
                "203.0.113.7",
                "::1",
                "pool example"
            })
    void whatIsNoHostNameIsRefusedAndTheVariableNamed(String domain) {
        assertThatThrownBy(() -> new DomainProperties(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("ML_DOMAIN (mlpool.domain) must be a host name such as pool.example.org")
                .hasMessageEndingWith("found '%s'", domain);
    }
}
