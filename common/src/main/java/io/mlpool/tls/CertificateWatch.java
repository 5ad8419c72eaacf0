package io.mlpool.tls;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ssl.SslBundles;

/** Looks at the certificates when a service starts and every twelve hours, and tells of those that end within two weeks. */
final class CertificateWatch implements SmartInitializingSingleton, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration SOON = Duration.ofDays(14);
    private static final Duration PAUSE = Duration.ofHours(12);

    private final SslBundles bundles;
    private final CertificateFiles files;
    private final Clock clock;
    private final ScheduledExecutorService hours = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());

    CertificateWatch(SslBundles bundles, CertificateFiles files, Clock clock) {
        this.bundles = bundles;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!bundles.getBundleNames().isEmpty()) {
            ScheduledFuture<?> _ = hours.scheduleAtFixedRate(this::look, 0, PAUSE.toHours(), TimeUnit.HOURS);
        }
    }

    /** What is to be said of the certificates now. */
    List<String> warnings() {
        Instant now = clock.instant();
        return bundles.getBundleNames().stream()
                .flatMap(name -> ShownCertificate.of(bundles.getBundle(name)).stream()
                        .filter(certificate -> certificate.endsWithin(SOON, now))
                        .map(certificate -> warning(name, certificate, now)))
                .toList();
    }

    private String warning(String bundle, ShownCertificate certificate, Instant now) {
        String what = certificate.holdsAt(now)
                ? "%s ends at %s, in %d days"
                        .formatted(
                                certificate.subject(),
                                certificate.until(),
                                Duration.between(now, certificate.until()).toDays())
                : certificate.trouble(now);
        return "The certificate in %s (SSL bundle '%s') has to be replaced: %s"
                .formatted(files.of(bundle), bundle, what);
    }

    private void look() {
        try {
            warnings().forEach(LOG::warn);
        } catch (RuntimeException e) {
            LOG.error("The certificates could not be looked at", e);
        }
    }

    @Override
    public void destroy() {
        hours.shutdownNow();
    }
}
