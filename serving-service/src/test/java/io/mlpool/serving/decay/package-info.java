/** Tests of decays. */
@NullMarked
package io.mlpool.serving.decay;

import org.jspecify.annotations.NullMarked;
