/** Fixtures for the tests of every service: a real PostgreSQL, a clock that is set. */
@NullMarked
package io.mlpool.testing;

import org.jspecify.annotations.NullMarked;
