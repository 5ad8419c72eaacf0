/** Long answers in pages: a cursor names the last thing of one page, and the next begins behind it. */
@NullMarked
package io.mlpool.serving.paging;

import org.jspecify.annotations.NullMarked;
