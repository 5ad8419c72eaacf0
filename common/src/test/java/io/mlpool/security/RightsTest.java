package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RightsTest {

    private final Rights rights = Rights.table()
            .probes("GET /health")
            .anyone("GET /", "GET /docs/**")
            .holdersOf(Scope.READ, "GET /models/**", "GET /runs/{id}")
            .holdersOf(Scope.PREDICT, "POST /predict", "POST /v2/models/{name}/infer", "* /batch-jobs/**")
            .holdersOf(Scope.TRAIN, "POST /models/reload")
            .build();

    @ParameterizedTest
    @CsvSource({
        "GET, /health, 'public, never limited'",
        "HEAD, /health, 'public, never limited'",
        "GET, /, public",
        "GET, /docs, public",
        "GET, /docs/, public",
        "GET, /docs/a/b.css, public",
        "OPTIONS, /anything, public",
        "GET, /models, read",
        "GET, /models/price-1h/versions/1, read",
        "GET, /models/price%201h, read",
        "GET, /runs/7, read",
        "POST, /predict, predict",
        "POST, /predict;jsessionid=1, predict",
        "POST, /v2/models/price-1h/infer, predict",
        "DELETE, /batch-jobs/7, predict",
        "POST, /models/reload, train"
    })
    void callThatIsNamedNeedsWhatItsRowSays(String method, String path, String needs) {
        assertThat(rights.of(new MockHttpServletRequest(method, path)).label()).isEqualTo(needs);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /predict",
        "PUT, /predict",
        "POST, /docs",
        "TRACE, /docs",
        "BREW, /batch-jobs",
        "GET, /docsandmore",
        "GET, /nowhere",
        "GET, /runs",
        "GET, /runs/",
        "GET, /runs/7/events",
        "POST, /v2/models//infer",
        "POST, /v2/models/a/b/infer"
    })
    void callThatIsNotNamedNeedsAdmin(String method, String path) {
        assertThat(rights.of(new MockHttpServletRequest(method, path)).scope()).isEqualTo(Scope.ADMIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /nowhere       | []",
                "GET  | /predict       | [POST]",
                "POST | /docs          | [GET, HEAD]",
                "BREW | /batch-jobs/7  | [GET, HEAD, POST, PUT, PATCH, DELETE]",
                "GET  | /docs/../keys  | []"
            })
    void callThatIsNotNamedMayHaveAPathThatIsByOtherMethods(String method, String path, String methods) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
        request.setRequestURI(path);

        assertThat(rights.names(request)).isFalse();
        assertThat(rights.methods(request)).hasToString(methods);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/../keys",
                "/docs/./keys",
                "/docs//keys",
                "//docs",
                "/docs/%2e%2e/keys",
                "/docs/%2E./keys",
                "/docs/..;x=1/keys",
                "/docs/a%2Fb",
                "/docs/a%5Cb",
                "/docs/;/keys",
                "/docs\\..\\keys"
            })
    void pathThatCouldBeReadInTwoWaysNeedsAdmin(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setRequestURI(path);

        assertThat(rights.of(request).scope()).isEqualTo(Scope.ADMIN);
    }

    @Test
    void contextOfTheServiceIsNoPartOfTheTable() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/pool/predict");
        request.setContextPath("/pool");

        assertThat(rights.of(request).scope()).isEqualTo(Scope.PREDICT);
    }

    @Test
    void tableForPeopleHasARowForEachCall() {
        assertThat(rights.toString())
                .contains("| `GET /docs/**` | public |\n| `GET /models/**` | read |")
                .endsWith("| `POST /models/reload` | train |");
    }

    @Test
    void callThatIsNamedTwiceIsRefused() {
        Rights.Table twice = Rights.table().anyone("GET /a").holdersOf(Scope.READ, "GET /a");

        assertThatThrownBy(twice::build).hasMessageContaining("/a");
    }

    @Test
    void starsInTheMiddleOfAPathAreRefused() {
        assertThatThrownBy(() -> Rights.table().anyone("GET /a/**/b")).hasMessageContaining("/a/**/b");
    }
}
