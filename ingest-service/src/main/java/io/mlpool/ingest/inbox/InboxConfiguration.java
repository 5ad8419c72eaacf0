package io.mlpool.ingest.inbox;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.archive.RawArchive;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One replica at a time looks into the folder; each file becomes a task named by the digest of its content, so that it is taken in
 * once however many replicas saw it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxProperties.class)
@ConditionalOnBooleanProperty(name = "mlpool.ingest.inbox.enabled", matchIfMissing = true)
class InboxConfiguration {

    static final String FILE = "inbox-file";
    static final String WATCH = "inbox-watch";

    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    @Bean
    Inbox inbox(InboxProperties settings, RawArchive archive, Ingestion ingestion, Clock clock) {
        return new Inbox(settings, archive, ingestion, clock);
    }

    @Bean
    OneTimeTask<InboxFile> inboxFileTask(Inbox inbox, Clock clock) {
        return Tasks.oneTime(FILE, InboxFile.class)
                .onFailure((done, next) -> next.reschedule(done, clock.instant().plus(AFTER_TROUBLE)))
                .execute((instance, context) -> inbox.take(instance.getData()));
    }

    @Bean
    Task<Void> inboxWatchTask(
            Inbox inbox, OneTimeTask<InboxFile> inboxFileTask, InboxProperties settings, Clock clock) {
        return Tasks.recurring(WATCH, FixedDelay.of(settings.every()))
                .execute((instance, context) -> inbox.complete().forEach(file -> context.getSchedulerClient()
                        .scheduleIfNotExists(inboxFileTask.instance(file.sha256(), file), clock.instant())));
    }
}
