package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.rule.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A receiver as the operator writes it; one of webhook, email and alertmanager. Only settings name receivers: whoever could name one over
 * REST could have this service call whatever it can reach.
 *
 * @param severity the mildest that it is told of
 * @param match labels that it is told of; {@code *} at the end stands for any end
 * @param groupBy what events of a notification have in common
 * @param groupWait from a group's first event until it is sent
 * @param groupInterval between two notifications of a group, at least
 * @param repeatInterval after which what still fires is told again; of Alertmanager a minute, unless it is named
 * @param timeout of an attempt
 * @param concurrency attempts at a time, of each replica
 */
record ReceiverSettings(
        @Nullable ToWebhook webhook,
        @Nullable ToEmail email,
        @Nullable ToAlertmanager alertmanager,
        @DefaultValue("info") Severity severity,
        @Nullable Map<String, String> match,
        @DefaultValue("rule") List<GroupLabel> groupBy,
        @DefaultValue("30s") Duration groupWait,
        @DefaultValue("5m") Duration groupInterval,
        @Nullable Duration repeatInterval,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("4") int concurrency) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
    private static final int SHORTEST_SECRET = 16;

    /** @param secret of the signature, at least 16 characters */
    record ToWebhook(URI url, String secret) {

        /** Without secrets: a URL may hold one too. */
        @Override
        public String toString() {
            return "webhook";
        }
    }

    /**
     * A mail server and whom it is to send to.
     *
     * @param tls starttls, required before anything is said; smtps from the first byte; none only where nobody listens
     */
    record ToEmail(
            String host,
            @DefaultValue("587") int port,
            @Nullable String username,
            @Nullable String password,
            @DefaultValue("starttls") Tls tls,
            String from,
            List<String> to) {

        /** Without secrets. */
        @Override
        public String toString() {
            return "email to " + to;
        }
    }

    /** How a mail server is spoken to. */
    enum Tls {
        STARTTLS,
        SMTPS,
        NONE
    }

    /** @param token sent as bearer; null for none */
    record ToAlertmanager(URI url, @Nullable String token) {

        /** Without secrets. */
        @Override
        public String toString() {
            return "alertmanager";
        }
    }

    /** @throws IllegalArgumentException that says what is wrong with the receiver of this name */
    void check(String name) {
        long ways = Stream.of(webhook, email, alertmanager)
                .filter(way -> way != null)
                .count();
        require(name, "must have one of webhook, email and alertmanager", ways == 1);
        require(name, "timeout must be positive, at most 2m", isWithin(timeout, LONGEST_TIMEOUT));
        require(name, "concurrency must be from 1 to 64", concurrency > 0 && concurrency <= 64);
        require(name, "group-wait must not be negative", !groupWait.isNegative());
        require(name, "group-interval must not be negative", !groupInterval.isNegative());
        require(name, "repeat-interval must be positive", repeatInterval == null || repeatInterval.isPositive());
        if (webhook != null) {
            require(name, "webhook.url must be http(s)://host...", isHttp(webhook.url()));
            require(
                    name,
                    "webhook.secret must have at least 16 characters",
                    webhook.secret() != null && webhook.secret().length() >= SHORTEST_SECRET);
        }
        if (alertmanager != null) {
            require(name, "alertmanager.url must be http(s)://host...", isHttp(alertmanager.url()));
            require(name, "alertmanager.token must be visible ASCII without spaces", isToken(alertmanager.token()));
        }
        if (email != null) {
            require(name, "email needs host, from and to", isComplete(email));
        }
    }

    private static boolean isWithin(Duration duration, Duration longest) {
        return duration.isPositive() && duration.compareTo(longest) <= 0;
    }

    private static boolean isComplete(ToEmail email) {
        return email.host() != null
                && email.from() != null
                && email.to() != null
                && !email.to().isEmpty();
    }

    /** Of what is none the client complains with all of it, which then stands in the log. */
    private static boolean isToken(@Nullable String token) {
        return token == null || token.matches("[!-~]+");
    }

    private static boolean isHttp(@Nullable URI uri) {
        return uri != null
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    private static void require(String name, String rule, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("mlpool.alerts.delivery.receivers.%s: %s".formatted(name, rule));
        }
    }
}
