/** The manual at {@code /docs} and {@code /openapi.json}: exact enough that a program can test the service against it. */
@NullMarked
package io.mlpool.serving.manual;

import org.jspecify.annotations.NullMarked;
