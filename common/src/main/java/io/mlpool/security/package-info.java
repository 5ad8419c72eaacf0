/** Who may do what: in open mode everybody on this machine everything, else who has a key what its scopes allow, and so much of it a minute. */
@NullMarked
package io.mlpool.security;

import org.jspecify.annotations.NullMarked;
