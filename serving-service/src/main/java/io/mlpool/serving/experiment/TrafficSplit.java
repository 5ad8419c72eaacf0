package io.mlpool.serving.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Who is answered by which arm of one experiment. The same unit gets the same arm as long as the experiment runs, from every replica; another
 * experiment has another salt and mixes anew.
 *
 * @param challengerShare of the units
 */
record TrafficSplit(String model, int control, int challenger, String salt, double challengerShare) {

    private static final int BITS = 53;

    static TrafficSplit of(Experiment experiment) {
        return new TrafficSplit(
                experiment.model(),
                experiment.control(),
                experiment.challenger(),
                experiment.salt(),
                experiment.terms().challengerShare());
    }

    Arm arm(String unit) {
        return point(unit) < challengerShare ? Arm.CHALLENGER : Arm.CONTROL;
    }

    /** From [0, 1), evenly: the first 53 bits of SHA-256. */
    private double point(String unit) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(unit.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS)) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
