package io.mlpool.ingest.inbox;

import java.io.Serializable;

/**
 * A complete file that waits to be taken in.
 *
 * @param name with its folders, relative to the inbox
 * @param sha256 of its content: two replicas that see it agree on this
 */
record InboxFile(String name, String sha256) implements Serializable {}
