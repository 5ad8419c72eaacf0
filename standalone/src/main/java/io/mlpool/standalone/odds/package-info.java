/** Labelled data sets of outlier detection, and how well scores tell outliers apart. */
@NullMarked
package io.mlpool.standalone.odds;

import org.jspecify.annotations.NullMarked;
