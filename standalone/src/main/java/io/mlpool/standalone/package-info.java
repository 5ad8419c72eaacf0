/** The pool on one machine: three services in one process, an embedded PostgreSQL, and the command line. */
@NullMarked
package io.mlpool.standalone;

import org.jspecify.annotations.NullMarked;
