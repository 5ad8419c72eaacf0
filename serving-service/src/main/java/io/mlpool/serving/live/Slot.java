package io.mlpool.serving.live;

import io.mlpool.registry.Alias;

/**
 * A place where one model can be live.
 *
 * @param model registered name: {@code price-1h}
 * @param alias that decides which version stands here
 */
public record Slot(String model, Alias alias) {

    @Override
    public String toString() {
        return model + "@" + alias.label();
    }
}
