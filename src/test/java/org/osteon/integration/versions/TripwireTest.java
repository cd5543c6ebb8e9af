package org.osteon.integration.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * Were Kafka Streams no longer to drain before it commits, the stream would stop and lose nothing.
 */
@Tag("integration")
class TripwireTest {
  private static final int EVENTS = 300;

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void withoutADrainNothingIsCommitted(String guarantee) throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            Map.of("streams.commit.interval.ms", "50"))) {
      hospital.ward.publish(EVENTS);
      Hooks undrained =
          new Hooks(PipelineListener.NONE, TopologyListener.NONE, NoDrain::new, new KafkaClients());
      try (OsteonService service = OsteonService.start(hospital.settings, undrained)) {
        await()
            .dontCatchUncaughtExceptions()
            .untilAsserted(
                () ->
                    assertThat(service.health().notAlive().toString())
                        .contains("no longer drains before a commit"));
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.NOTHING_IS_LOST.check(evidence);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  private static final class NoDrain extends CommitBarrier {
    @Override
    public void flushCache() {
      // As if it were never called.
    }
  }
}
