package io.mlpool.serving;

import io.mlpool.security.Rights;
import io.mlpool.security.Scope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may call what of this service. */
@Configuration(proxyBeanMethods = false)
class ServingRights {

    @Bean
    Rights rights() {
        return Rights.table()
                .probes(
                        "GET /health",
                        "GET /actuator/health/liveness",
                        "GET /actuator/health/readiness",
                        "GET /ping",
                        "GET /v2/health/live",
                        "GET /v2/health/ready")
                .anyone("GET /", "GET /favicon.ico", "GET /page/**")
                .anyone("GET /docs/**", "GET /swagger-ui/**", "GET /webjars/**", "GET /redoc", "GET /v3/**")
                .anyone("GET /openapi.json/**", "GET /openapi.json.yaml")
                .anyone("GET /version", "GET /v2", "GET /v2/", "* /error")
                .holdersOf(Scope.READ, "GET /assets", "GET /candles", "GET /predictions", "GET /anomalies")
                .holdersOf(Scope.READ, "GET /risk/**", "GET /monitoring/**")
                .holdersOf(Scope.READ, "GET /feature-views/**")
                .holdersOf(Scope.READ, "GET /models/**", "GET /v2/models/**", "POST /v2/repository/index")
                .holdersOf(Scope.READ, "GET /actuator", "GET /actuator/health/**", "GET /actuator/prometheus")
                .holdersOf(Scope.PREDICT, "POST /predict", "POST /predict/batch", "* /batch-jobs/**")
                .holdersOf(Scope.PREDICT, "POST /invocations", "POST /get-online-features", "POST /risk/score")
                .holdersOf(Scope.PREDICT, "POST /get-historical-features")
                .holdersOf(Scope.PREDICT, "POST /anomalies/detect")
                .holdersOf(
                        Scope.PREDICT,
                        "POST /v2/models/{name}/infer",
                        "POST /v2/models/{name}/versions/{version}/infer")
                .holdersOf(Scope.ADMIN, "POST /models/{name}/aliases/{alias}", "DELETE /models/{name}/aliases/{alias}")
                .holdersOf(Scope.ADMIN, "POST /models/reload")
                .holdersOf(
                        Scope.ADMIN,
                        "POST /v2/repository/models/{name}/load",
                        "POST /v2/repository/models/{name}/unload")
                .holdersOf(Scope.ADMIN, "GET /alerts/receivers", "GET /alerts/notifications/**")
                .holdersOf(Scope.READ, "GET /alerts/**", "POST /alerts/rules/test")
                .holdersOf(Scope.ADMIN, "* /alerts/**")
                .holdersOf(Scope.READ, "GET /experiments/**")
                .holdersOf(Scope.ADMIN, "* /experiments/**")
                .holdersOf(Scope.ADMIN, "* /keys/**", "GET /audit/**")
                .build();
    }
}
