@NullMarked
package io.mlpool.security;

import org.jspecify.annotations.NullMarked;
