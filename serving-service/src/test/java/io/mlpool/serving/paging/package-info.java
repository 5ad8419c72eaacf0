@NullMarked
package io.mlpool.serving.paging;

import org.jspecify.annotations.NullMarked;
