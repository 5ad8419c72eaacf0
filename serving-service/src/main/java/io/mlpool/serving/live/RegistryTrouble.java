package io.mlpool.serving.live;

import java.time.Instant;

/**
 * Why what the registry says could not be followed.
 *
 * @param what in words that say what to do
 * @param since when that began
 */
record RegistryTrouble(String what, Instant since) {}
