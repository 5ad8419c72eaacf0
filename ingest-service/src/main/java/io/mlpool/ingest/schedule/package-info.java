/** What happens by itself: db-scheduler tasks, each once over all replicas, and the page that tells how the sources fare. */
@NullMarked
package io.mlpool.ingest.schedule;

import org.jspecify.annotations.NullMarked;
