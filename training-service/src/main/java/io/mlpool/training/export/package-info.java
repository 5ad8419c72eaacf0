/** Data as files that pandas, DuckDB and others read: Parquet and CSV. */
@NullMarked
package io.mlpool.training.export;

import org.jspecify.annotations.NullMarked;
