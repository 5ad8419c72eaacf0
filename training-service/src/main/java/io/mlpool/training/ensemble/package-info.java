/** Several models in one: what each says, weighted by how well it said it of late. */
@NullMarked
package io.mlpool.training.ensemble;

import org.jspecify.annotations.NullMarked;
