/** Tests of experiments. */
@NullMarked
package io.mlpool.serving.experiment;

import org.jspecify.annotations.NullMarked;
