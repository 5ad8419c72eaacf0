package io.mlpool.training.study;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The one trial that this process is there for.
 *
 * @param file study as {@code POST /studies} takes it
 * @param number of the trial, counted from 0: that of the pod in its Indexed Job
 */
@ConfigurationProperties("mlpool.training.trial")
record TrialProperties(Path file, int number) {}
