package io.mlpool.training;

import io.mlpool.security.Rights;
import io.mlpool.security.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of this service. */
@Configuration(proxyBeanMethods = false)
class TrainingRights {

    @Bean
    Rights rights() {
        return Rights.table()
                .probes("GET /actuator/health/liveness", "GET /actuator/health/readiness")
                .anyone("GET /docs/**", "GET /swagger-ui/**", "GET /webjars/**")
                .anyone("GET /openapi.json/**", "GET /openapi.json.yaml", "* /error")
                .holdersOf(Scope.READ, "GET /runs/**", "GET /studies/**", "GET /datasets/**", "GET /decisions")
                .holdersOf(Scope.READ, "GET /keeping")
                .holdersOf(Scope.READ, "GET /backtests/**")
                .holdersOf(Scope.READ, "GET /risk/runs/**", "GET /anomaly/runs/**")
                .holdersOf(Scope.READ, "GET /actuator", "GET /actuator/health/**")
                .holdersOf(Scope.READ, "GET /actuator/info", "GET /actuator/prometheus")
                .holdersOf(Scope.TRAIN, "POST /runs", "POST /runs/{id}/cancel")
                .holdersOf(Scope.TRAIN, "POST /risk/runs", "POST /anomaly/runs")
                .holdersOf(Scope.TRAIN, "POST /studies", "POST /studies/{id}/cancel")
                .holdersOf(Scope.TRAIN, "POST /backtests", "POST /backtests/{id}/cancel")
                .build();
    }
}
