/** The newest features of every asset, in the shape of Feast's feature server. */
@NullMarked
package io.mlpool.serving.online;

import org.jspecify.annotations.NullMarked;
