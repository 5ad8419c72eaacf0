package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.silence.Matcher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Makes receivers of settings. */
final class Receivers {

    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Duration REPEAT_TO_ALERTMANAGER = Duration.ofMinutes(1);

    /** What connecting, sending and noting may take beside the timeout. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    /** Answers of a mail server that are waited for, beside one for each recipient. */
    private static final int STEPS_OF_SMTP = 12;

    private Receivers() {}

    /** By name. */
    static List<Receiver> of(@Nullable Map<String, ReceiverSettings> settings, Clock clock) {
        List<Receiver> receivers = new ArrayList<>();
        new TreeMap<>(settings == null ? Map.of() : settings)
                .forEach((name, one) -> receivers.add(receiver(name, one, clock)));
        return List.copyOf(receivers);
    }

    private static Receiver receiver(String name, ReceiverSettings settings, Clock clock) {
        List<Matcher> match = new ArrayList<>();
        if (settings.match() != null) {
            settings.match().forEach((label, value) -> match.add(new Matcher(label, value, null)));
        }
        return new Receiver(
                name,
                channel(settings, clock),
                settings.severity(),
                match,
                grouping(settings),
                settings.concurrency(),
                settings.timeout().multipliedBy(steps(settings)).plus(SLACK));
    }

    /** Each of them may take the timeout. */
    private static int steps(ReceiverSettings settings) {
        ReceiverSettings.ToEmail email = settings.email();
        return email == null ? 1 : STEPS_OF_SMTP + email.to().size();
    }

    /** Alertmanager groups by itself: it gets all there is, at once. */
    private static Receiver.Grouping grouping(ReceiverSettings settings) {
        return settings.alertmanager() == null
                ? new Receiver.Grouping(
                        settings.groupBy(), settings.groupWait(), settings.groupInterval(), repeat(settings))
                : new Receiver.Grouping(List.of(), Duration.ZERO, Duration.ZERO, repeat(settings));
    }

    private static Duration repeat(ReceiverSettings settings) {
        Duration usual = settings.alertmanager() == null ? REPEAT : REPEAT_TO_ALERTMANAGER;
        return Objects.requireNonNullElse(settings.repeatInterval(), usual);
    }

    private static Channel channel(ReceiverSettings settings, Clock clock) {
        ReceiverSettings.ToWebhook webhook = settings.webhook();
        if (webhook != null) {
            return new Webhook(webhook.url(), webhook.secret(), new Calls(settings.timeout(), clock), clock);
        }
        ReceiverSettings.ToAlertmanager alertmanager = settings.alertmanager();
        if (alertmanager != null) {
            Calls calls = new Calls(settings.timeout(), clock);
            return new Alertmanager(alertmanager.url(), alertmanager.token(), repeat(settings), calls, clock);
        }
        ReceiverSettings.ToEmail email = Objects.requireNonNull(settings.email());
        return new Email(sender(email, settings.timeout()), email.from(), email.to());
    }

    private static JavaMailSenderImpl sender(ReceiverSettings.ToEmail email, Duration timeout) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        String protocol = email.tls() == ReceiverSettings.Tls.SMTPS ? "smtps" : "smtp";
        boolean starttls = email.tls() == ReceiverSettings.Tls.STARTTLS;
        sender.setProtocol(protocol);
        sender.setHost(email.host());
        sender.setPort(email.port());
        sender.setUsername(email.username());
        sender.setPassword(email.password());
        Properties properties = sender.getJavaMailProperties();
        String prefix = "mail." + protocol + ".";
        String millis = String.format(Locale.ROOT, "%d", timeout.toMillis());
        properties.setProperty(prefix + "connectiontimeout", millis);
        properties.setProperty(prefix + "timeout", millis);
        properties.setProperty(prefix + "writetimeout", millis);
        properties.setProperty(prefix + "auth", Boolean.toString(email.username() != null));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        return sender;
    }
}
