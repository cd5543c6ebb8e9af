package org.osteon.event.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.config.Settings;
import org.osteon.event.CanaryStanding;
import org.osteon.event.DeploymentMode;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.testing.Platform;

/** Several replicas and people write about canaries at once, and none undoes another's. */
@Tag("integration")
class CanaryRecordsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-29T00:00:00Z");

  @Test
  void aDecisionConcernsTheDeploymentThatItNamesAndNoLaterOne() throws Exception {
    try (DeploymentTopic one = open("stale");
        DeploymentTopic late = open("stale")) {
      ModelDeployment first = canary("aa", 0);
      one.publish(first);
      late.readToEnd();
      one.canaries().withdraw(first, "Too many failures.", "one");
      assertThat(one.canaries().current()).isEmpty();
      ModelDeployment again = canary("aa", 1);
      one.publish(again);
      ModelDeployment other = canary("bb", 2);
      late.canaries().withdraw(first, "It hangs.", "late");
      assertThat(one.readToEnd().canaries().current()).contains(again);
      one.publish(other);
      late.canaries().withdraw(again, "It hangs.", "late");
      assertThat(one.readToEnd().canaries().current()).contains(other);
      one.canaries().withdraw(other, "Too slow.", "one");
      assertThat(late.readToEnd().canaries().current()).isEmpty();
      assertThat(late.canaries().decision())
          .hasValueSatisfying(
              decision -> {
                assertThat(decision.getMode()).isEqualTo(DeploymentMode.WITHDRAWN);
                assertThat(decision.getReason()).isEqualTo("Too slow.");
                assertThat(decision.getSha256()).isEqualTo("bb");
              });
    }
  }

  @Test
  void whoeverPromotesSecondKeepsTheWayBack() throws Exception {
    try (DeploymentTopic one = open("twice");
        DeploymentTopic other = open("twice")) {
      ModelDeployment running = deployed("00", DeploymentMode.ACTIVE, 0);
      ModelDeployment canary = canary("aa", 1);
      one.publish(canary);
      one.canaries().stands(canary, "r1", standing());
      other.readToEnd();
      assertThat(other.canaries().standings(canary)).containsExactly(standing());
      one.canaries().promote(canary, "Good.", "one", running);
      other.canaries().promote(canary, "Good.", "other", running);
      assertThat(one.readToEnd().active().map(ModelDeployment::getSha256)).contains("aa");
      assertThat(one.active().map(ModelDeployment::getReason)).contains("Good.");
      assertThat(one.previous()).contains(running);
      assertThat(one.canaries().current()).isEmpty();
      assertThat(one.canaries().standings(canary)).isEmpty();
      assertThat(one.canaries().decision().map(ModelDeployment::getMode))
          .contains(DeploymentMode.PROMOTED);
    }
  }

  @Test
  void aCanaryThatIsDeployedByHandIsNoneAfterAWayBack() throws Exception {
    try (DeploymentTopic topic = open("byhand")) {
      topic.publish(deployed("00", DeploymentMode.ACTIVE, 0));
      topic.publish(canary("aa", 1));
      topic.publish(deployed("aa", DeploymentMode.ACTIVE, 2));
      assertThat(topic.canaries().current()).isEmpty();
      topic.publish(topic.previous().orElseThrow());
      assertThat(topic.active().map(ModelDeployment::getSha256)).contains("00");
      assertThat(topic.canaries().current()).isEmpty();
    }
  }

  private static CanaryStanding standing() {
    return new CanaryStanding("00", false, 5L, 0L, 0L, 1L, 0L, 0L, 0L, 5L, BEGAN);
  }

  private static ModelDeployment canary(String sha256, int seconds) {
    return deployed(sha256, DeploymentMode.CANARY, seconds);
  }

  private static ModelDeployment deployed(String sha256, DeploymentMode mode, int seconds) {
    return new ModelDeployment(
        "m",
        sha256,
        sha256,
        "file:///models/m/" + sha256,
        mode,
        BEGAN.plusSeconds(seconds),
        "test",
        mode == DeploymentMode.CANARY ? .05 : null,
        null,
        null,
        null);
  }

  private static DeploymentTopic open(String name) throws Exception {
    Settings settings =
        Platform.settings(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            Map.of("topics.models", "canary-records-" + name, "model.path", "none"));
    try (Admin admin = Admin.create(settings.kafkaClient())) {
      new TopicSetup(admin, Registry.connect(settings), settings).run(4, 1, false);
    }
    return new DeploymentTopic(settings, new EventSerdes(Registry.connect(settings), settings));
  }
}
