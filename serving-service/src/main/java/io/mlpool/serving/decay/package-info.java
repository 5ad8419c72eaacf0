/** Whether the versions that are live still do what they were promoted for; training answers what is found. */
@NullMarked
package io.mlpool.serving.decay;

import org.jspecify.annotations.NullMarked;
