package org.osteon.event.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.ClassificationResult;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.registry.RegistryRefusedException;
import org.osteon.testing.Platform;

@Tag("integration")
@Timeout(600)
class TopicSetupTest {
  private final Settings settings = Platform.settings();
  private final Admin admin = Platform.admin(settings);
  private final SchemaRegistryClient registry = Registry.connect(settings);
  private final TopicSetup setup = new TopicSetup(admin, registry, settings);

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void topicsAndSchemasAreWhatTheContractSaysAndTheSecondRunChangesNothing() throws Exception {
    TopicSetup.Report dry = setup.run(3, 0, true);
    assertThat(admin.listTopics().names().get()).doesNotContain(settings.get(TopicKeys.EVENTS));
    TopicSetup.Report report = setup.run(3, 0, false);
    // Each topic is made, its schema registered and held to its compatibility.
    assertThat(report.changes())
        .isEqualTo(dry.changes())
        .hasSize(3 * TopicPlan.all(settings).size());
    assertThat(report.faults()).isEmpty();
    for (TopicPlan plan : TopicPlan.all(settings)) {
      TopicDescription topic =
          Objects.requireNonNull(
              admin.describeTopics(List.of(plan.name())).allTopicNames().get().get(plan.name()));
      assertThat(topic.partitions()).hasSize(3);
      assertThat(registry.getCompatibility(plan.subject())).isEqualTo("FULL_TRANSITIVE");
      assertThat(registry.getLatestSchemaMetadata(plan.subject()).getSchema())
          .doesNotContain("avro.java.string")
          .contains("\"doc\"");
    }
    assertThat(config(settings.get(TopicKeys.STUDIES), "cleanup.policy")).isEqualTo("compact");
    assertThat(config(settings.get(TopicKeys.RESULTS), "cleanup.policy")).isEqualTo("delete");
    assertThat(config(settings.get(TopicKeys.EVENTS), "max.message.bytes"))
        .isEqualTo(Integer.toString((32 << 20) + (64 << 10)));

    TopicSetup again = new TopicSetup(admin, Registry.connect(settings), settings);
    assertThat(again.run(3, 0, false)).isEqualTo(new TopicSetup.Report(List.of(), List.of()));
    new EventSerdes(Registry.connect(settings), settings).warm();
  }

  @Test
  void whatWasRegisteredBeforeResultsSaidModalitySideAndViewIsCompatibleBothWays()
      throws Exception {
    Schema now = ClassificationResult.getClassSchema();
    Set<String> added = Set.of("modality", "laterality", "viewPosition");
    Schema before = Schema.createRecord(now.getName(), now.getDoc(), now.getNamespace(), false);
    before.setFields(
        now.getFields().stream()
            .filter(field -> !added.contains(field.name()))
            .map(field -> new Schema.Field(field, field.schema()))
            .toList());
    assertThat(before.getFields()).hasSize(now.getFields().size() - added.size());
    String subject = settings.get(TopicKeys.RESULTS) + "-value";
    registry.register(subject, new AvroSchema(before));
    registry.updateCompatibility(subject, "FULL_TRANSITIVE");
    assertThat(setup.run(1, 1, false).faults()).isEmpty();
    assertThat(registry.getAllVersions(subject)).hasSize(2);
    assertThat(registry.getLatestSchemaMetadata(subject).getSchema()).contains("viewPosition");
  }

  @Test
  void aTopicTooSmallForTheImagesIsNamedWithTheCommandThatMendsIt() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(settings.get(TopicKeys.EVENTS), 1, (short) 1)
                    .configs(Map.of("max.message.bytes", "1048588")),
                new NewTopic(settings.get(TopicKeys.STUDIES), 1, (short) 1)))
        .all()
        .get();
    // A broker says that a topic is created before it tells of it.
    await()
        .until(
            () ->
                admin
                    .listTopics()
                    .names()
                    .get()
                    .containsAll(
                        List.of(settings.get(TopicKeys.EVENTS), settings.get(TopicKeys.STUDIES))));
    TopicSetup.Report report = setup.run(1, 1, false);
    assertThat(report.faults()).hasSize(2);
    assertThat(report.faults().get(0))
        .contains("max.message.bytes 1048588 and needs 33619968")
        .contains("--entity-name " + settings.get(TopicKeys.EVENTS))
        .contains("--add-config max.message.bytes=33619968");
    assertThat(report.faults().get(1)).contains("cleanup.policy=compact");
    // Left alone: an operator may have reasons.
    assertThat(config(settings.get(TopicKeys.EVENTS), "max.message.bytes")).isEqualTo("1048588");
  }

  /** Events may be there already, in as many partitions as somebody chose then. */
  @Test
  void ordersGetAsManyPartitionsAsEventsHave() throws Exception {
    admin
        .createTopics(List.of(new NewTopic(settings.get(TopicKeys.EVENTS), 5, (short) 1)))
        .all()
        .get();
    await().until(() -> admin.listTopics().names().get().contains(settings.get(TopicKeys.EVENTS)));
    setup.run(2, 1, false);
    String orders = settings.get(TopicKeys.ORDERS);
    assertThat(
            Objects.requireNonNull(
                    admin.describeTopics(List.of(orders)).allTopicNames().get().get(orders))
                .partitions())
        .hasSize(5);
  }

  @Test
  void whatWasNeverRegisteredIsSaidBeforeAnythingIsConsumed() {
    Settings fresh = Platform.settings();
    assertThatThrownBy(() -> new EventSerdes(Registry.connect(fresh), fresh).warm())
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("osteon topics");
  }

  @Test
  void smallImagesLeaveKafkasDefault() {
    Settings small = Settings.of(Map.of("image.max.bytes", "1024"));
    assertThat(TopicPlan.all(small).get(0).maxMessageBytes()).isEqualTo(1_048_588);
  }

  private String config(String topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return Objects.requireNonNull(
            admin.describeConfigs(List.of(resource)).all().get().get(resource))
        .get(key)
        .value();
  }
}
