package io.mlpool.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.Rights;
import io.mlpool.testing.TestDatabase;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

class AuditFilterTest {

    private final TestDatabase database = TestDatabase.create();
    private final AuditLog log = new AuditLog(database.dataSource());
    private final AuditKeeping keeping =
            new AuditKeeping(log, UnaryOperator.identity(), "serving-service", Duration.ofHours(1));
    private final AuditFilter filter =
            new AuditFilter(keeping, "serving-service", Rights.table().build(), Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({"401, 192.0.2.7", "403, 192.0.2.7", "429, 192.0.2.7", "200, ''"})
    void addressIsNotedOfWhoWasRefusedButNotOfWhoAskedAQuestion(int status, String address) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/predict");
        request.setRemoteAddr("192.0.2.7");
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/predict");

        filter.doFilter(request, new MockHttpServletResponse(), (_, response) -> ((HttpServletResponse) response)
                .setStatus(status));
        keeping.flush();

        assertThat(log.behind(0, 10))
                .singleElement()
                .extracting(entry -> entry.record().address())
                .isEqualTo(address);
    }
}
