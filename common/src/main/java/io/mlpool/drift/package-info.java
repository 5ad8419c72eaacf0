/** Whether what a model sees, and what it answers, still looks like it did when the model was trained. */
@NullMarked
package io.mlpool.drift;

import org.jspecify.annotations.NullMarked;
