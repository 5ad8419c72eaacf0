/** Features of assets, the newest and those of a time in the past, in the shape of Feast's feature server. */
@NullMarked
package io.mlpool.serving.online;

import org.jspecify.annotations.NullMarked;
