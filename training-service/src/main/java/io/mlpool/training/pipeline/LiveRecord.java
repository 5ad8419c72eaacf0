package io.mlpool.training.pipeline;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What is known of versions that are or were live.
 *
 * @param compared whether an experiment compares the challenger of a model with its champion: such a challenger stays
 * @param rolledBack whether this version of a model was live and proved worse than the one before
 */
public record LiveRecord(Predicate<String> compared, BiPredicate<String, Integer> rolledBack) {}
