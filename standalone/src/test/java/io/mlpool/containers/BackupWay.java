package io.mlpool.containers;

import java.util.List;

/** How a pool in containers is set up, backed up and brought back. */
interface BackupWay {

    PoolInContainers pool();

    /** Starts what the ways have different; the pool itself is started after it. */
    void prepare();

    /** Makes a backup, and answers what was said. */
    String backup();

    /** Brings the newest backup back to where there is nothing. */
    String restore();

    /** What was kept besides files: {@code table|rows|digest} of every table of every database. */
    List<String> rows();

    /** What is backed up that lies in the volume of MLflow, as a path in it. */
    String models();

    /** Takes away what is not the pool's. */
    void clear();
}
