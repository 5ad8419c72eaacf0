/** Experiments: a challenger beside the champion on the same questions, until it is proved which of them is better. */
@NullMarked
package io.mlpool.serving.experiment;

import org.jspecify.annotations.NullMarked;
