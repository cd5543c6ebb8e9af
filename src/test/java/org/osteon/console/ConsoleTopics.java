package org.osteon.console;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.AuditEntry;
import org.osteon.event.DeadLetter;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Severity;
import org.osteon.event.Source;
import org.osteon.event.Stage;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.testing.Platform;

/** What the console's tests put into topics. */
final class ConsoleTopics {
  private ConsoleTopics() {}

  /** Of a console on a port of its own, whose topics are there. */
  static Settings settings(Map<String, String> further) {
    Map<String, String> own = new TreeMap<>(further);
    own.put("console.listen", "127.0.0.1:0");
    Settings settings =
        Platform.settings(Platform.broker().bootstrapServers(), Platform.registry().url(), own);
    try (Admin admin = Platform.admin(settings)) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(1, 1, false);
    }
    return settings;
  }

  static <T extends SpecificRecord> void put(
      Settings settings, String topic, Serde<T> serde, T value) throws Exception {
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      byte[] bytes = serde.serializer().serialize(topic, value);
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, bytes)).get();
    }
  }

  /** Of the value 9, 9. */
  static DeadLetter letter(Settings settings, Stage stage, String reason) {
    return DeadLetter.newBuilder()
        .setSource(new Source(settings.get(TopicKeys.EVENTS), 0, 1L, 2L))
        .setStage(stage)
        .setReason(reason)
        .setMessage("Why.")
        .setOriginalKey(ByteBuffer.wrap(new byte[] {1, 1}))
        .setOriginalValue(ByteBuffer.wrap(new byte[] {9, 9}))
        .setAttempts(1)
        .setApplicationId("osteon")
        .setFailedAt(Instant.ofEpochMilli(5))
        .build();
  }

  /** A radiologist's report of a study that no other report speaks of. */
  static Truth report(Label label, int second) {
    Instant at = Instant.ofEpochSecond(1_700_000_000L + second);
    return Truth.newBuilder()
        .setTruthId("t" + second)
        .setStudyInstanceUid("2.25.33")
        .setLabel(label)
        .setRole(TruthRole.REPORT)
        .setStatus(TruthStatus.FINAL)
        .setSaidAt(at)
        .setPublishedAt(at)
        .build();
  }

  /** Of the event that is clear, with a message that would be markup. */
  static Alert alert() {
    return Alert.newBuilder()
        .setAlertId("a")
        .setSeverity(Severity.CRITICAL)
        .setLabel(Label.BEYOND_REPAIR)
        .setProbability(0.875)
        .setEventId("clear")
        .setStudyInstanceUid("2.25.11")
        .setFacility("ward-7")
        .setPriority(Priority.STAT)
        .setMessage("HAND: <b>to be seen now")
        .setModel(new ModelRef("m", "1", "00"))
        .setRaisedAt(Instant.EPOCH)
        .build();
  }

  /** Who did what to what, and how far it is. */
  static List<String> audit(Settings settings, EventSerdes serdes) throws Exception {
    List<String> entries = new ArrayList<>();
    String topic = settings.get(TopicKeys.AUDIT);
    TopicWindow.read(
        settings,
        topic,
        Instant.EPOCH,
        found -> {
          AuditEntry entry = serdes.audit().deserializer().deserialize(topic, found.value());
          entries.add(
              "%s %s %s %s"
                  .formatted(
                      entry.getAction(), entry.getSubject(), entry.getOutcome(), entry.getWho()));
        });
    return entries;
  }
}
