package org.osteon.event.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.event.Alert;
import org.osteon.event.AuditEntry;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.EventClasses;
import org.osteon.event.Identity;
import org.osteon.event.ImagingOrder;
import org.osteon.event.ModelDeployment;
import org.osteon.event.Performance;
import org.osteon.event.StudyAssessment;
import org.osteon.event.TopicPlan;
import org.osteon.event.Truth;
import org.osteon.event.Undelivered;
import org.osteon.event.XRayEvent;

/**
 * Serdes over Confluent's serializers: framing, TopicNameStrategy, the reader's schema for
 * evolution. They register nothing: {@code osteon topics} does.
 *
 * <p><b>Threading.</b> Safe for any number of threads; each serde it gives out is, too, as
 * Confluent's are.
 */
public final class EventSerdes {
  private final SchemaRegistryClient registry;
  private final Settings settings;

  /**
   * @param registry see {@link Registry#connect}
   */
  public EventSerdes(SchemaRegistryClient registry, Settings settings) {
    EventClasses.trust();
    this.registry = registry;
    this.settings = settings;
  }

  /** For {@code topics.events}; the service reads with {@link RegistryEventReader} instead. */
  public Serde<XRayEvent> events() {
    return serde(XRayEvent.class);
  }

  /** For {@code topics.results}. */
  public Serde<ClassificationResult> results() {
    return serde(ClassificationResult.class);
  }

  /** For {@code topics.studies}. */
  public Serde<StudyAssessment> studies() {
    return serde(StudyAssessment.class);
  }

  /** For {@code topics.alerts}. */
  public Serde<Alert> alerts() {
    return serde(Alert.class);
  }

  /** For {@code topics.dead-letters}. */
  public Serde<DeadLetter> deadLetters() {
    return serde(DeadLetter.class);
  }

  /** For {@code topics.models}. */
  public Serde<ModelDeployment> models() {
    return serde(ModelDeployment.class);
  }

  /** For {@code topics.identities}. */
  public Serde<Identity> identities() {
    return serde(Identity.class);
  }

  /** For {@code topics.undelivered}. */
  public Serde<Undelivered> undelivered() {
    return serde(Undelivered.class);
  }

  /** For {@code topics.truths}. */
  public Serde<Truth> truths() {
    return serde(Truth.class);
  }

  /** For {@code topics.performance}. */
  public Serde<Performance> performance() {
    return serde(Performance.class);
  }

  /** For {@code topics.audit}. */
  public Serde<AuditEntry> audit() {
    return serde(AuditEntry.class);
  }

  /** For {@code topics.orders}. */
  public Serde<ImagingOrder> orders() {
    return serde(ImagingOrder.class);
  }

  /**
   * Looks up the ids of everything the service writes, so that it can go on writing while the
   * registry is away.
   *
   * @throws RegistryUnavailableException the registry cannot be reached
   * @throws RegistryRefusedException it refuses us, or a schema was never registered
   */
  public void warm() {
    warm(TopicPlan.Writer.SERVICE);
  }

  /** The same for what another writer writes. */
  public void warm(TopicPlan.Writer writer) {
    for (TopicPlan topic : TopicPlan.all(settings)) {
      if (topic.writer() == writer) {
        idOf(topic);
      }
    }
  }

  private void idOf(TopicPlan topic) {
    try {
      registry.getId(topic.subject(), new AvroSchema(topic.schema()));
    } catch (RestClientException e) {
      if (RegistryFaults.isUnknown(e)) {
        throw new RegistryRefusedException(
            "The schema of %s is not registered: run `osteon topics` first."
                .formatted(topic.name()),
            e);
      }
      throw RegistryFaults.sorted(e);
    } catch (IOException e) {
      throw RegistryFaults.sorted(e);
    }
  }

  private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
    Map<String, Object> config = new TreeMap<>();
    config.put("schema.registry.url", settings.get(KafkaKeys.SCHEMA_REGISTRY_URL));
    config.put("auto.register.schemas", false);
    // What Java needs to know about strings is no business of other languages.
    config.put("avro.remove.java.properties", true);
    config.put("specific.avro.reader", true);
    KafkaAvroSerializer serializer = new KafkaAvroSerializer(registry);
    serializer.configure(config, false);
    KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(registry);
    deserializer.configure(config, false);
    Schema ours = SpecificData.get().getSchema(type);
    Serializer<T> typedOut = (topic, data) -> serializer.serialize(topic, data);
    Deserializer<T> typedIn =
        (topic, data) -> type.cast(deserializer.deserialize(topic, data, ours));
    return Serdes.serdeFrom(typedOut, typedIn);
  }
}
