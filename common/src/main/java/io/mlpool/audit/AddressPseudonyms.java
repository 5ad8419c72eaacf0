package io.mlpool.audit;

import io.mlpool.encryption.KeyedHash;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names for addresses of callers that tell one from another and, when the key of their month is deleted, nobody whose they were. A plain hash
 * would not do: there are few enough addresses to try them all.
 */
public final class AddressPseudonyms {

    private static final int SECRET_BYTES = 32;
    private static final int PSEUDONYM_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Duration kept;
    private final Map<YearMonth, byte[]> secrets = new ConcurrentHashMap<>();
    private volatile LocalDate lookedOn = LocalDate.MIN;

    /** @param kept how long after its month a key is deleted */
    AddressPseudonyms(DataSource database, Clock clock, Duration kept) {
        this.jdbc = JdbcClient.create(database);
        this.clock = clock;
        this.kept = kept;
    }

    /** Deletes keys whose time is over, once a day, and gives these records with pseudonyms in place of addresses. */
    List<AuditRecord> hide(List<AuditRecord> records) {
        deleteOldKeys();
        return records.stream().map(this::hide).toList();
    }

    /** By month, for those months that have a key: under what name an address stands in the log. */
    public static Map<YearMonth, String> of(String address, DataSource database) {
        Map<YearMonth, String> pseudonyms = new TreeMap<>();
        JdbcClient.create(database)
                .sql("SELECT month, secret FROM audit_address_key")
                .query(row -> {
                    YearMonth month = YearMonth.from(row.getObject("month", LocalDate.class));
                    pseudonyms.put(month, pseudonym(address, row.getBytes("secret")));
                });
        return pseudonyms;
    }

    private AuditRecord hide(AuditRecord record) {
        String address = record.address();
        return address.isEmpty() || isOfThisMachine(address)
                ? record
                : record.withAddress(pseudonym(address, secret(record.firstAt())));
    }

    private byte[] secret(Instant at) {
        return secrets.computeIfAbsent(YearMonth.from(at.atOffset(ZoneOffset.UTC)), this::sharedSecret);
    }

    /** The first of all replicas that needs it makes it. */
    private byte[] sharedSecret(YearMonth month) {
        byte[] drawn = new byte[SECRET_BYTES];
        RANDOM.nextBytes(drawn);
        jdbc.sql("INSERT INTO audit_address_key (month, secret) VALUES (:month, :secret) ON CONFLICT DO NOTHING")
                .param("month", month.atDay(1))
                .param("secret", drawn)
                .update();
        return jdbc.sql("SELECT secret FROM audit_address_key WHERE month = :month")
                .param("month", month.atDay(1))
                .query(byte[].class)
                .single();
    }

    private void deleteOldKeys() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(lookedOn)) {
            LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(kept), ZoneOffset.UTC);
            jdbc.sql("DELETE FROM audit_address_key WHERE month < :month")
                    .param("month", oldest.withDayOfMonth(1))
                    .update();
            secrets.keySet().removeIf(month -> month.isBefore(YearMonth.from(oldest)));
            lookedOn = today;
        }
    }

    private static boolean isOfThisMachine(String address) {
        return literal(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** One that is written in several ways, as 2001:db8::7 can be, has one pseudonym. */
    private static String pseudonym(String address, byte[] secret) {
        String written = literal(address).map(InetAddress::getHostAddress).orElse(address);
        return "~" + KeyedHash.of(written, secret, PSEUDONYM_BYTES);
    }

    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException isNoAddress) {
            return Optional.empty();
        }
    }
}
