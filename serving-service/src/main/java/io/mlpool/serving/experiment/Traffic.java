package io.mlpool.serving.experiment;

import io.mlpool.serving.live.Slot;
import org.jspecify.annotations.Nullable;

/** Which slot answers somebody's questions. */
@FunctionalInterface
public interface Traffic {

    /**
     * Where the answer to a question stands that the champion would answer outside of experiments.
     *
     * @param asset that is asked about; null for candles without a name
     */
    Slot slot(Slot champion, @Nullable String asset);
}
