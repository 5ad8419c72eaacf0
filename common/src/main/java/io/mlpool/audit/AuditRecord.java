package io.mlpool.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * What happened. No payload, no query, no secret.
 *
 * @param caller id of the key, or {@code anonymous}
 * @param address of the caller, or its pseudonym; empty where this counts questions, of whomever, or refusals of very many
 * @param action method and route: {@code POST /models/{name}/aliases/{alias}}
 * @param subject what the names in the route stood for
 * @param modelVersion that answered; empty when none did
 * @param requests how many this stands for, at least 1
 * @param firstAt of the first of them, UTC, in whole microseconds
 * @param lastAt of the last
 */
public record AuditRecord(
        String service,
        String caller,
        String callerName,
        String address,
        String action,
        String subject,
        String modelVersion,
        int status,
        long requests,
        Instant firstAt,
        Instant lastAt) {

    public AuditRecord {
        if (requests < 1) {
            throw new IllegalArgumentException("an entry stands for at least one request, found " + requests);
        }
        callerName = storable(callerName);
        subject = storable(subject);
        firstAt = firstAt.truncatedTo(ChronoUnit.MICROS);
        lastAt = lastAt.truncatedTo(ChronoUnit.MICROS);
    }

    AuditRecord withAddress(String other) {
        return new AuditRecord(
                service, caller, callerName, other, action, subject, modelVersion, status, requests, firstAt, lastAt);
    }

    /** SHA-256 of the sequence, the hash before and every field, each with its length: nothing can move from one field to the next. */
    String hash(long sequence, String previous) {
        List<Object> fields = List.of(
                sequence,
                previous,
                service,
                caller,
                callerName,
                address,
                action,
                subject,
                modelVersion,
                status,
                requests,
                firstAt,
                lastAt);
        StringBuilder text = new StringBuilder();
        fields.forEach(
                field -> text.append(field.toString().length()).append(':').append(field));
        return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** PostgreSQL has no NUL in texts, and a request may hold one. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
