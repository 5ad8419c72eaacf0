package io.mlpool.serving.live;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when a champion is loaded and warm; says which, what is wrong with those that are not, and with the registry. */
final class LiveModelsHealth implements HealthIndicator {

    private final String registry;
    private final LiveModels live;
    private final ModelWatch watch;

    LiveModelsHealth(String registry, LiveModels live, ModelWatch watch) {
        this.registry = registry;
        this.live = live;
        this.watch = watch;
    }

    @Override
    public Health health() {
        Health.Builder health = live.champions().isEmpty() ? Health.outOfService() : Health.up();
        live.all()
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
