/** Where models live: versions that never change and the aliases that decide what is live. */
@NullMarked
package io.mlpool.registry;

import org.jspecify.annotations.NullMarked;
