@NullMarked
package io.mlpool.audit;

import org.jspecify.annotations.NullMarked;
