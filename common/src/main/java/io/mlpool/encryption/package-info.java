/** Encryption of what lies on disk: AES-256-GCM with the keys of a file. Tink is touched in here only, and only where there is a key. */
@NullMarked
package io.mlpool.encryption;

import org.jspecify.annotations.NullMarked;
