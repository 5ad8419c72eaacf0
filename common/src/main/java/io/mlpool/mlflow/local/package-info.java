/** A local MLflow server that the pool and its tests install and start themselves. */
@NullMarked
package io.mlpool.mlflow.local;

import org.jspecify.annotations.NullMarked;
