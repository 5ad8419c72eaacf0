/** The settings that a service starts with: those that nobody knows and those that cannot be stop the start, in one sentence. */
@NullMarked
package io.mlpool.settings;

import org.jspecify.annotations.NullMarked;
