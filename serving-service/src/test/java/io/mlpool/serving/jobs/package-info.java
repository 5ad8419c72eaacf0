@NullMarked
package io.mlpool.serving.jobs;

import org.jspecify.annotations.NullMarked;
