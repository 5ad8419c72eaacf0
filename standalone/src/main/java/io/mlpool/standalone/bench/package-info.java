/** What the pool can do, measured against yardsticks in the same run. */
@NullMarked
package io.mlpool.standalone.bench;

import org.jspecify.annotations.NullMarked;
