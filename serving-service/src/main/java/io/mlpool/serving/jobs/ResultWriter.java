package io.mlpool.serving.jobs;

import java.io.IOException;

/** Writes the items of a job one after the other. */
interface ResultWriter {

    void write(ResultRow row) throws IOException;
}
