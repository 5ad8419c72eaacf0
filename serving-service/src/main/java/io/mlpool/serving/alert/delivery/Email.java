package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertState;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A plain text by SMTP, with a line for each event. Its Message-ID is made of the notification's id, the same in every attempt. */
final class Email implements Channel {

    private final JavaMailSenderImpl sender;
    private final String from;
    private final List<String> to;

    Email(JavaMailSenderImpl sender, String from, List<String> to) {
        this.sender = sender;
        this.from = from;
        this.to = List.copyOf(to);
    }

    @Override
    public String kind() {
        return "email";
    }

    @Override
    public String target() {
        return String.join(", ", to);
    }

    /** The answers of mail servers may quote what was said to them: only their kind is told. */
    @Override
    public Outcome send(Notification notification) {
        try {
            sender.send(message(notification));
            return new Outcome.Delivered();
        } catch (MessagingException | MailException e) {
            return new Outcome.Failed(
                    "the mail server did not take it: " + e.getClass().getSimpleName(), null);
        }
    }

    private MimeMessage message(Notification notification) throws MessagingException {
        MimeMessage message = new Numbered(sender.getSession(), notification);
        message.setFrom(new InternetAddress(from));
        for (String address : to) {
            message.addRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address));
        }
        message.setSubject(subject(notification), StandardCharsets.UTF_8.name());
        message.setText(text(notification), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notification.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static String subject(Notification notification) {
        long firing = notification.events().stream()
                .filter(event -> event.state() == AlertState.FIRING)
                .count();
        long resolved = notification.events().size() - firing;
        String counts = firing == 0
                ? resolved + " resolved"
                : firing
                        + (notification.reminder() ? " still firing" : " firing")
                        + (resolved == 0 ? "" : ", " + resolved + " resolved");
        return "[ML Pool] %s: %s".formatted(counts, notification.group().isEmpty() ? "alerts" : notification.group());
    }

    private static String text(Notification notification) {
        return notification.events().stream().map(Email::line).collect(Collectors.joining("\n", "", "\n"))
                + "\nNotification %s of %s, times in UTC.\n".formatted(notification.id(), notification.createdAt());
    }

    private static String line(AlertEvent event) {
        return "%s %-8s %-8s %s  %s  (event %s)"
                .formatted(
                        event.at(),
                        event.state().label(),
                        event.severity().label(),
                        event.rule(),
                        event.summary(),
                        event.eventId());
    }

    /** Jakarta Mail gives each message a new id as it is sent, unless it is told not to. */
    private static final class Numbered extends MimeMessage {

        private final Notification notification;

        Numbered(Session session, Notification notification) {
            super(session);
            this.notification = notification;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<%s@alerts.mlpool>".formatted(notification.id()));
        }
    }
}
