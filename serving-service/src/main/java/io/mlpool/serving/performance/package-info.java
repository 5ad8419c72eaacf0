/** How live models turn out as the future arrives, and what their next forecasts learn from it. */
@NullMarked
package io.mlpool.serving.performance;

import org.jspecify.annotations.NullMarked;
