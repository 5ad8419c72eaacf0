/** The audit log over REST. */
@NullMarked
package io.mlpool.serving.audit;

import org.jspecify.annotations.NullMarked;
