/** Trainings of models of risk as runs: asked for or scheduled, queued, executed by one replica, shown. */
@NullMarked
package io.mlpool.training.risk.run;

import org.jspecify.annotations.NullMarked;
