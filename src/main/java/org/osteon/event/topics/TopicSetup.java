package org.osteon.event.topics;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.KafkaFault;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.RegistryFaults;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.event.registry.RegistryUnavailableException;

/**
 * Brings topics and schemas to what the contract says. Doing it twice changes nothing the second
 * time.
 *
 * <p>What exists is never altered: an operator may have reasons. It is said what is wrong instead.
 */
public final class TopicSetup {
  /** Old readers read new records and new readers old ones, however far apart. */
  public static final String COMPATIBILITY = "FULL_TRANSITIVE";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Admin admin;
  private final SchemaRegistryClient registry;
  private final Settings settings;

  /** Closes neither client. */
  public TopicSetup(Admin admin, SchemaRegistryClient registry, Settings settings) {
    this.admin = admin;
    this.registry = registry;
    this.settings = settings;
  }

  /**
   * What was done, or would be.
   *
   * @param changes one line for each thing done, or that would be done
   * @param faults one sentence for each thing that is wrong and was left alone
   */
  public record Report(List<String> changes, List<String> faults) {}

  /**
   * @param partitions of topics that are created
   * @param replication of topics that are created; 0 for three, or as many as there are brokers
   * @param dryRun only says what it would do
   * @throws RegistryUnavailableException the registry cannot be reached
   * @throws RegistryRefusedException the registry refuses us
   * @throws KafkaFault the brokers cannot be reached or refuse
   */
  public Report run(int partitions, int replication, boolean dryRun) {
    List<String> changes = new ArrayList<>();
    TopicInspection inspection = new TopicInspection(admin, settings.kafka().isEmpty());
    List<TopicPlan> plans = TopicPlan.all(settings);
    Set<String> existing = inspection.existing(plans);
    List<String> faults = new ArrayList<>(inspection.faults(plans, existing));
    int copies = replication > 0 ? replication : Math.min(3, inspection.brokers());
    for (TopicPlan plan : plans) {
      if (!existing.contains(plan.name())) {
        int own =
            plan.writer() == TopicPlan.Writer.ORDERS ? ofEvents(existing, partitions) : partitions;
        changes.add(
            "create topic %s (%d partitions, replication %d%s)"
                .formatted(plan.name(), own, copies, described(plan)));
        if (!dryRun) {
          create(plan, own, copies);
        }
      }
      schema(plan, dryRun, changes, faults);
    }
    if (!dryRun) {
      awaitAll(inspection, plans, faults);
    }
    return new Report(changes, faults);
  }

  /** Orders lie beside the events that they are of; there may be events already. */
  private int ofEvents(Set<String> existing, int otherwise) {
    String events = settings.get(TopicKeys.EVENTS);
    return existing.contains(events) ? TopicCheck.partitions(admin, events) : otherwise;
  }

  private static String described(TopicPlan plan) {
    StringBuilder text = new StringBuilder();
    plan.configs().forEach((key, value) -> text.append(", ").append(key).append(' ').append(value));
    return text.toString();
  }

  private void create(TopicPlan plan, int partitions, int replication) {
    NewTopic topic = new NewTopic(plan.name(), partitions, (short) replication);
    try {
      KafkaFault.get(
          "create topic " + plan.name(),
          admin.createTopics(List.of(topic.configs(plan.configs()))).all());
    } catch (KafkaFault e) {
      // Two replicas may be set up at once: the other one was faster.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  /**
   * A broker says that a topic is created before it tells of it: the next command would miss it.
   */
  private static void awaitAll(
      TopicInspection inspection, List<TopicPlan> plans, List<String> faults) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Set<String> told = inspection.existing(plans);
    while (told.size() < plans.size() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(LOOK_NANOS);
      told = inspection.existing(plans);
    }
    for (TopicPlan plan : plans) {
      if (!told.contains(plan.name())) {
        faults.add(
            "The brokers do not tell of topic %s, %d s after it was created: run this again."
                .formatted(plan.name(), PATIENCE.toSeconds()));
      }
    }
  }

  private void schema(TopicPlan plan, boolean dryRun, List<String> changes, List<String> faults) {
    AvroSchema schema = new AvroSchema(plan.schema());
    try {
      if (!registered(plan, schema)) {
        changes.add("register schema " + plan.subject());
        if (dryRun) {
          changes.add("set compatibility of " + plan.subject() + " to " + COMPATIBILITY);
          return;
        }
        registry.register(plan.subject(), schema);
      }
      if (!COMPATIBILITY.equals(compatibility(plan))) {
        changes.add("set compatibility of " + plan.subject() + " to " + COMPATIBILITY);
        if (!dryRun) {
          registry.updateCompatibility(plan.subject(), COMPATIBILITY);
        }
      }
    } catch (RestClientException e) {
      if (e.getStatus() != 409) {
        throw RegistryFaults.sorted(e);
      }
      faults.add(
          "Subject %s holds a schema that ours is not compatible with: use another topic name or remove that subject."
              .formatted(plan.subject()));
    } catch (IOException e) {
      throw RegistryFaults.sorted(e);
    }
  }

  private boolean registered(TopicPlan plan, AvroSchema schema)
      throws IOException, RestClientException {
    try {
      return registry.getId(plan.subject(), schema) >= 0;
    } catch (RestClientException e) {
      if (RegistryFaults.isUnknown(e)) {
        return false;
      }
      throw e;
    }
  }

  private String compatibility(TopicPlan plan) throws IOException, RestClientException {
    try {
      return String.valueOf(registry.getCompatibility(plan.subject()));
    } catch (RestClientException e) {
      if (RegistryFaults.isUnknown(e)) {
        return "not set";
      }
      throw e;
    }
  }
}
