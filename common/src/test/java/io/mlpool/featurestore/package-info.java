@NullMarked
package io.mlpool.featurestore;

import org.jspecify.annotations.NullMarked;
