package io.mlpool.ingest;

import io.mlpool.security.Rights;
import io.mlpool.security.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of this service. */
@Configuration(proxyBeanMethods = false)
class IngestRights {

    @Bean
    Rights rights() {
        return Rights.table()
                .probes("GET /actuator/health/liveness", "GET /actuator/health/readiness")
                .anyone("GET /docs/**", "GET /swagger-ui/**", "GET /webjars/**")
                .anyone("GET /openapi.json/**", "GET /openapi.json.yaml", "* /error")
                .holdersOf(Scope.READ, "GET /coverage", "GET /runs/**", "GET /sources")
                .holdersOf(Scope.READ, "GET /protocols", "GET /protocols/{slug}", "GET /incidents")
                .holdersOf(Scope.READ, "GET /actuator", "GET /actuator/health/**")
                .holdersOf(Scope.READ, "GET /actuator/info", "GET /actuator/prometheus")
                .holdersOf(
                        Scope.TRAIN, "POST /uploads", "POST /sources/coingecko/fetch", "POST /sources/defillama/fetch")
                .build();
    }
}
