package io.mlpool.training.run;

import org.jspecify.annotations.Nullable;

/**
 * What a run is in a study.
 *
 * @param trial counted from 0; absent for the run that trains the best one's way in full
 * @param apart whether it is executed in a process of its own, beside what the service does
 */
public record StudyPart(String study, @Nullable Integer trial, boolean apart) {

    public StudyPart {
        if (trial != null && trial < 0) {
            throw new IllegalArgumentException("trials count from 0, found " + trial);
        }
    }
}
