@NullMarked
package io.mlpool.serving.book;

import org.jspecify.annotations.NullMarked;
