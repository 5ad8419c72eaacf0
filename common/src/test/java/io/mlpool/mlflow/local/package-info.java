@NullMarked
package io.mlpool.mlflow.local;

import org.jspecify.annotations.NullMarked;
