/** The candles of all assets watched for what is unlike what came before, and what was found. */
@NullMarked
package io.mlpool.serving.anomalies;

import org.jspecify.annotations.NullMarked;
