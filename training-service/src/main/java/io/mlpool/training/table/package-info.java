/** Tables as files that pandas, DuckDB and others read: Parquet and CSV, written row by row. */
@NullMarked
package io.mlpool.training.table;

import org.jspecify.annotations.NullMarked;
