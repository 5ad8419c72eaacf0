package io.mlpool.tls;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * SSL bundles for the web server, but none that does not hold now, or whose key is another's: asked for one it refuses, and when one is reloaded the server
 * keeps what it has.
 */
final class HoldingBundles implements SslBundles {

    private static final Logger LOG = LoggerFactory.getLogger(HoldingBundles.class);

    private final SslBundles bundles;
    private final CertificateFiles files;
    private final Clock clock;

    HoldingBundles(SslBundles bundles, CertificateFiles files, Clock clock) {
        this.bundles = bundles;
        this.files = files;
        this.clock = clock;
    }

    /**
     * The bundle of this name.
     *
     * @throws ExpiredCertificateException when it does not hold now
     * @throws ForeignKeyException when its key is not that of its certificate
     */
    @Override
    public SslBundle getBundle(String name) {
        SslBundle bundle = bundles.getBundle(name);
        ForeignKeys.in(bundle).ifPresent(subject -> {
            throw new ForeignKeyException(name, files.of(name), subject);
        });
        trouble(bundle).ifPresent(trouble -> {
            throw new ExpiredCertificateException(name, files.of(name), trouble);
        });
        return bundle;
    }

    @Override
    public void addBundleUpdateHandler(String name, Consumer<SslBundle> handler) {
        bundles.addBundleUpdateHandler(name, fresh -> {
            Optional<String> trouble = trouble(fresh);
            Optional<String> foreign = ForeignKeys.in(fresh);
            if (foreign.isPresent()) {
                LOG.warn(
                        "{} was changed, but the key is not that of its certificate {}. The certificate from before stays in use until both are there",
                        files.of(name),
                        foreign.get());
            } else if (trouble.isPresent()) {
                LOG.error(
                        "{} was changed, but its certificate does not hold now: {}. The certificate from before stays in use; put one that holds there",
                        files.of(name),
                        trouble.get());
            } else {
                handler.accept(fresh);
                LOG.info("{} was changed, its certificate is in use from now on", files.of(name));
            }
        });
    }

    @Override
    public void addBundleRegisterHandler(BiConsumer<String, SslBundle> handler) {
        bundles.addBundleRegisterHandler(handler);
    }

    @Override
    public List<String> getBundleNames() {
        return bundles.getBundleNames();
    }

    private Optional<String> trouble(SslBundle bundle) {
        Instant now = clock.instant();
        return ShownCertificate.of(bundle).stream()
                .filter(certificate -> !certificate.holdsAt(now))
                .map(certificate -> certificate.trouble(now))
                .findFirst();
    }
}
