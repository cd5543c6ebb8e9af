package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.hospital.AclTable;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.SecureHospital;
import org.osteon.testing.hospital.Ward;

/** Each right of the service taken away in turn: without any of them it cannot do its work. */
@EnabledIfSystemProperty(
    named = "osteon.chaos",
    matches = "long",
    disabledReason = "a broker and a service for each right: make chaos")
@Tag("chaos")
class AclsChaosTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void everyListedRightIsNecessary() throws Exception {
    List<String> needless = new ArrayList<>();
    for (AclBinding acl : AclTable.ofTheService()) {
      if (acl.pattern().name().equals("xray.performance")) {
        // Truths come late or never: without them a canary is judged by the rest.
        continue;
      }
      // A new broker each time: changelogs and groups that are there already need no right to be
      // made.
      try (SecureHospital hospital = new SecureHospital()) {
        hospital.grant(hospital.without(acl));
        if (works(hospital)) {
          needless.add(AclTable.words(acl));
        }
      }
    }
    assertThat(needless).as("rights without which it works too").isEmpty();
  }

  private static boolean works(SecureHospital hospital) throws Exception {
    try (OsteonService running =
            OsteonService.start(hospital.settings(AclTable.SERVICE), Hooks.none());
        Ward ward = new Ward(hospital.settings("publisher"), hospital.settings("consumer"))) {
      ward.publish(20);
      ward.publish(new byte[0], "EMPTY_IMAGE");
      ward.awaitSends();
      Evidence evidence = ward.evidence(true, PATIENCE);
      return running.health().fatal().isEmpty()
          && evidence.results().size() == 20
          && evidence.deadLetters().size() == 1
          && !evidence.studies().isEmpty()
          && !evidence.alerts().isEmpty()
          && hospital.hearsHowACanaryStands(PATIENCE);
    } catch (RuntimeException refused) {
      return false;
    }
  }
}
