/** What is to be told: rules, their conditions, and the figures that these are about as PostgreSQL has them at any time. */
@NullMarked
package io.mlpool.serving.alert.rule;

import org.jspecify.annotations.NullMarked;
