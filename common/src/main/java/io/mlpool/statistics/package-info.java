/** What several services compute from numbers that depend on each other. */
@NullMarked
package io.mlpool.statistics;

import org.jspecify.annotations.NullMarked;
