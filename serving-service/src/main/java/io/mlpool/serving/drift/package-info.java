/** Whether the live models still see and say what they did when they were trained. */
@NullMarked
package io.mlpool.serving.drift;

import org.jspecify.annotations.NullMarked;
