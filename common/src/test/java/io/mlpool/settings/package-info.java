@NullMarked
package io.mlpool.settings;

import org.jspecify.annotations.NullMarked;
