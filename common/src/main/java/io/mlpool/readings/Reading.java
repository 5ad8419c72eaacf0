package io.mlpool.readings;

/**
 * Values that cost more than a look into memory. A service declares one as a bean and it is taken again and again; a scrape reports what was
 * read last.
 *
 * @param name label of its age in the metrics, one word
 * @param take reads and sets the gauges; what it throws is told and it is tried again
 */
public record Reading(String name, Runnable take) {}
