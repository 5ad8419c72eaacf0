/** Who may reach a service: in open mode only the machine it runs on. */
@NullMarked
package io.mlpool.security;

import org.jspecify.annotations.NullMarked;
