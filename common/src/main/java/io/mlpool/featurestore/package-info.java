/**
 * Features as a product: views with a name, an owner and a fingerprint of what they compute, and their values as they were known at any
 * time.
 */
@NullMarked
package io.mlpool.featurestore;

import org.jspecify.annotations.NullMarked;
