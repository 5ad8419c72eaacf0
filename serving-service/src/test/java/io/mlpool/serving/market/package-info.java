/** Tests of what serving reads of the market. */
@NullMarked
package io.mlpool.serving.market;

import org.jspecify.annotations.NullMarked;
