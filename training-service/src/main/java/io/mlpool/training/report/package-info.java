/** What people look at: figures, the numbers behind them and a page that explains them, as plain files of a run. */
@NullMarked
package io.mlpool.training.report;

import org.jspecify.annotations.NullMarked;
