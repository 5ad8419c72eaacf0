@NullMarked
package io.mlpool.mlflow;

import org.jspecify.annotations.NullMarked;
