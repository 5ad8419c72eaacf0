package io.mlpool.serving.live;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when a champion that forecasts is loaded and warm; says which, what is wrong with those that are not, and with the registry. */
final class LiveModelsHealth implements HealthIndicator {

    private final String registry;
    private final LiveForecasters forecasters;
    private final ModelFamilies families;
    private final ModelWatch watch;

    LiveModelsHealth(String registry, LiveForecasters forecasters, ModelFamilies families, ModelWatch watch) {
        this.registry = registry;
        this.forecasters = forecasters;
        this.families = families;
        this.watch = watch;
    }

    @Override
    public Health health() {
        Health.Builder health = forecasters.champions().isEmpty() ? Health.outOfService() : Health.up();
        families.live()
                .forEach(model -> health.withDetail(
                        model.slot().toString(), "version " + model.version().version()));
        watch.rejections()
                .forEach(rejection -> health.withDetail(
                        rejection.slot() + " rejected",
                        "version %d: %s".formatted(rejection.version(), rejection.reason())));
        health.withDetail("registry", registry);
        watch.trouble().ifPresent(trouble -> health.withDetail("registry_trouble", trouble.what())
                .withDetail("registry_trouble_since", trouble.since()));
        return health.build();
    }
}
