package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Transactions;

/** What the service does while the broker or the registry is away. */
@Tag("chaos")
class OutagesOfServiceTest {
  @Test
  void aRegistryThatIsAwayIsWaitedForUnreadyAndNothingIsLost() throws Exception {
    try (RegistryProcess registry = RegistryProcess.launch();
        Hospital hospital =
            new Hospital(
                Platform.broker().bootstrapServers(),
                registry.url(),
                "exactly_once_v2",
                "classic");
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      await().untilAsserted(() -> assertThat(service.health().notReady()).isEmpty());
      // The publisher knows its schema's id from now on; the service has yet to ask for it.
      hospital.ward.warm();
      registry.kill();
      hospital.ward.publish(60);
      await().until(() -> service.health().notReady().toString().contains("registry"));
      await().during(Duration.ofSeconds(10)).until(() -> service.health().notAlive().isEmpty());
      registry.start();
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(60);
      await().untilAsserted(() -> assertThat(service.health().notReady()).isEmpty());
    }
  }

  @Test
  void aBrokerThatIsKilledAtWorkAndComesBackLosesNothing() throws Exception {
    killed("at_least_once", hospital -> {});
  }

  @Test
  void aBrokerThatIsKilledBetweenTransactionsAndComesBackLosesNothing() throws Exception {
    // In the middle of one is what ClusterTest has: it takes partitions that others can lead.
    killed(
        "exactly_once_v2",
        hospital -> {
          hospital.ward.evidence(true);
          Transactions.awaitRest(hospital.settings);
        });
  }

  private static void killed(String guarantee, Consumer<Hospital> before) throws Exception {
    boolean exactlyOnce = guarantee.equals("exactly_once_v2");
    try (BrokerProcess broker = BrokerProcess.launch(Platform.MAX_RECORD_BYTES);
        Hospital hospital =
            new Hospital(
                broker.bootstrapServers(), Platform.registry().url(), guarantee, "classic");
        OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
      hospital.ward.publish(300);
      await().until(() -> service.health().notReady().isEmpty());
      before.accept(hospital);
      broker.kill();
      broker.start();
      hospital.ward.publish(100);
      Evidence evidence = hospital.ward.evidence(true);
      assertThat(evidence.published()).hasSize(400);
      Guarantee.of(exactlyOnce).forEach(promise -> promise.check(evidence));
    }
  }
}
