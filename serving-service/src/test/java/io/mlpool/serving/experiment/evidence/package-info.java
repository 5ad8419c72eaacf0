/** Tests of how sure an experiment can be. */
@NullMarked
package io.mlpool.serving.experiment.evidence;

import org.jspecify.annotations.NullMarked;
