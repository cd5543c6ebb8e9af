package org.osteon.bench.rig;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.client.EventPublisher;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;

/** Fresh topics, filled with events before anyone reads them. */
public final class Backlog {
  private Backlog() {}

  /** Settings with topics of their own. */
  public static Settings settings(
      String bootstrapServers, String registryUrl, Map<String, String> more) {
    String own = "bench-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, String> values = TopicKeys.named(own);
    values.put("bootstrap.servers", bootstrapServers);
    values.put("schema.registry.url", registryUrl);
    values.put("application.id", own);
    values.put("http.port", "0");
    values.putAll(more);
    return Settings.of(values);
  }

  /** Creates the topics and registers the schemas. */
  public static void topics(Settings settings, int partitions) {
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(partitions, 1, false);
    }
  }

  /** Creates the topics and publishes {@code events} events, the images again and again. */
  public static void fill(Settings settings, int partitions, EventImages images, int events) {
    topics(settings, partitions);
    try (EventPublisher publisher = new EventPublisher(settings)) {
      for (int n = 0; n < events; n++) {
        publisher.throwIfFailed();
        publisher.publish(event(images, n, "2.25." + n));
      }
      publisher.awaitAll();
    }
  }

  /** The nth event; its id is {@code bench-n}. */
  public static XRayEvent event(EventImages images, int n, String study) {
    return XRayEvent.newBuilder()
        .setEventId("bench-" + n)
        .setStudyInstanceUid(study)
        .setFacility("bench")
        .setPublishedAt(Instant.now())
        .setContentType(images.contentType())
        .setImage(images.image(n))
        .build();
  }
}
