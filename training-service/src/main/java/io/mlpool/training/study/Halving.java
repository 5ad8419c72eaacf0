package io.mlpool.training.study;

import java.util.stream.IntStream;

/**
 * Successive halving (Jamieson and Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS):
 * all candidates are judged on the first fold, the best of them on the next one too, and so on, so that most of the time goes to those
 * that may win. A trial is a candidate on one fold, which nothing is trained twice for.
 *
 * @param candidates ways to make the model, at least two
 * @param folds that there are
 * @param keptOf one in so many goes on after each fold, at least 2
 */
record Halving(int candidates, int folds, int keptOf) {

    Halving {
        if (candidates < 2 || folds < 2) {
            throw new IllegalArgumentException(
                    "halving chooses among several on several folds, there are %d trials and %d folds"
                            .formatted(candidates, folds));
        }
        if (keptOf < 2 || keptOf > candidates) {
            throw new IllegalArgumentException(
                    "halving keeps one in 2 to %d trials after each fold, found %d".formatted(candidates, keptOf));
        }
    }

    /** How many are judged on a fold, counted from 0: rounded up, and all of them on the first. */
    int entering(int fold) {
        int left = candidates;
        for (int i = 0; i < fold; i++) {
            left = (left + keptOf - 1) / keptOf;
        }
        return left;
    }

    /** Folds that are needed: when one is left it has won. */
    int rounds() {
        return (int) IntStream.range(0, folds)
                .takeWhile(fold -> fold == 0 || entering(fold) > 1)
                .count();
    }

    /** Trials in all, when none fails. */
    int trials() {
        return IntStream.range(0, rounds()).map(this::entering).sum();
    }

    /** Number of the trial that judges a candidate on a fold; both are counted from 0. */
    int trial(int fold, int candidate) {
        return fold * candidates + candidate;
    }
}
