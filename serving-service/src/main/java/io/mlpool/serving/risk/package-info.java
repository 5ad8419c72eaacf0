/** How risky each asset is: scores that follow candles and protocols, their factors, their history, and what-if. */
@NullMarked
package io.mlpool.serving.risk;

import org.jspecify.annotations.NullMarked;
