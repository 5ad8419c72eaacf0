package io.mlpool.serving.live;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up when a champion is loaded and warm; says which, and what is wrong with those that are not. */
final class LiveModelsHealth implements HealthIndicator {

    private final LiveModels live;
    private final ModelWatch watch;

    LiveModelsHealth(LiveModels live, ModelWatch watch) {
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
        if (!watch.registryTrouble().isEmpty()) {
            health.withDetail("registry", watch.registryTrouble());
        }
        return health.build();
    }
}
