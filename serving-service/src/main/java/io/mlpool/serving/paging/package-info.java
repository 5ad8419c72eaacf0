/** Long answers in pages: where one ends, the next begins, whatever is added meanwhile. */
@NullMarked
package io.mlpool.serving.paging;

import org.jspecify.annotations.NullMarked;
