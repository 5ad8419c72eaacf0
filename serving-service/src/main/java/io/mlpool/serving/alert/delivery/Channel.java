package io.mlpool.serving.alert.delivery;

/** A way to a receiver. */
interface Channel {

    /** Its name in answers and metrics: {@code webhook}. */
    String kind();

    /** Where it leads, without anything that is secret. */
    String target();

    /** Sends it once and waits no longer than its timeout for what becomes of it; throws nothing that can be foreseen. */
    Outcome send(Notification notification) throws InterruptedException;
}
