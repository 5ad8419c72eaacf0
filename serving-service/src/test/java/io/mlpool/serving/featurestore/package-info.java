@NullMarked
package io.mlpool.serving.featurestore;

import org.jspecify.annotations.NullMarked;
