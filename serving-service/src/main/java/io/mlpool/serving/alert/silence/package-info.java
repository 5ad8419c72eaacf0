/** What nobody wants to be told of for a while. */
@NullMarked
package io.mlpool.serving.alert.silence;

import org.jspecify.annotations.NullMarked;
