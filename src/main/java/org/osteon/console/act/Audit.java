package org.osteon.console.act;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.AuditEntry;
import org.osteon.event.AuditOutcome;
import org.osteon.event.KafkaFault;
import org.osteon.event.registry.EventSerdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, as lines of the log and records of {@code topics.audit}. What was refused is in the
 * log alone: a stranger must not be able to fill a topic.
 *
 * <p><b>Threading.</b> Any thread.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("org.osteon.console.audit");

  private final Settings settings;
  private final EventSerdes serdes;
  private final Map<String, Object> patience;

  /**
   * @param patience settings of a producer
   */
  public Audit(Settings settings, EventSerdes serdes, Map<String, Object> patience) {
    this.settings = settings;
    this.serdes = serdes;
    this.patience = patience;
  }

  /** What was begun, as it was written. */
  record Begun(AuditEntry entry) {}

  /**
   * @throws KafkaFault it is not written
   */
  Begun begin(Action.Planned planned, String who, String from) {
    AuditEntry entry =
        AuditEntry.newBuilder()
            .setActionId(UUID.randomUUID().toString())
            .setAction(planned.action())
            .setSubject(planned.subject())
            .setOutcome(AuditOutcome.BEGUN)
            .setWho(who)
            .setFromAddress(from)
            .setAt(now())
            .build();
    write(entry);
    say(entry);
    return new Begun(entry);
  }

  /** How it ended. Where that cannot be written, the log has it, and the topic that it began. */
  void end(Begun begun, AuditOutcome outcome, String detail) {
    AuditEntry entry =
        AuditEntry.newBuilder(begun.entry)
            .setOutcome(outcome)
            .setDetail(detail)
            .setAt(now())
            .build();
    say(entry);
    try {
      write(entry);
    } catch (KafkaFault e) {
      LOG.error("How {} ended is in no topic: {}", entry.getActionId(), e.getMessage());
    }
  }

  void refused(String path, int status, String from) {
    LOG.warn("action={} refused={} from={}", path.substring(1), status, from);
  }

  private static void say(AuditEntry entry) {
    LOG.info(
        "action={} subject=\"{}\" outcome={} who=\"{}\" from={} id={} {}",
        entry.getAction(),
        entry.getSubject(),
        entry.getOutcome(),
        entry.getWho(),
        entry.getFromAddress(),
        entry.getActionId(),
        entry.getDetail());
  }

  /** With a producer for each: a person does a few things an hour. */
  private void write(AuditEntry entry) {
    String topic = settings.get(TopicKeys.AUDIT);
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings, patience)) {
      KafkaFault.get(
          "write to " + topic,
          producer.send(
              new ProducerRecord<>(
                  topic,
                  entry.getActionId().getBytes(StandardCharsets.UTF_8),
                  serdes.audit().serializer().serialize(topic, entry))));
    } catch (KafkaException e) {
      throw KafkaFault.of("write to " + topic, e);
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
