package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;

/** An operator has one event end without its being looked at. */
@Tag("integration")
class SkipTest {
  private static final String SKIPPED = "SKIPPED_BY_OPERATOR";

  @Test
  void whatIsSkippedIsOneDeadLetterAndAllElseIsAnswered() throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            Map.of("inference.precision", "f32"))) {
      hospital.ward.publish(20);
      hospital.ward.publish(SyntheticRadiographs.draw(0, Kind.HEALTHY).jpeg(), SKIPPED);
      RecordMetadata at = Objects.requireNonNull(hospital.ward.awaitSends());
      CommandRun nowhere = skip(hospital, at.partition(), 1_000_000, "it stops all");
      assertThat(nowhere.status()).isEqualTo(1);
      assertThat(nowhere.err()).contains("There is no offset 1000000");
      assertThat(skip(hospital, at.partition(), at.offset(), " ").status()).isEqualTo(2);
      CommandRun done = skip(hospital, at.partition(), at.offset(), "it stops\nall replicas");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(done.out()).contains("becomes a dead letter " + SKIPPED);
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.of(true).forEach(promise -> promise.check(evidence));
        assertThat(evidence.results()).hasSize(20);
        assertThat(evidence.deadLetters()).hasSize(1);
        CommandRun late = skip(hospital, at.partition(), at.offset(), "too late");
        assertThat(late.status()).isEqualTo(1);
        assertThat(late.err()).contains("has been answered");
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  private static CommandRun skip(Hospital hospital, int partition, long offset, String why) {
    return CommandRun.of(
        hospital.settings,
        "skip",
        "--partition",
        Integer.toString(partition),
        "--offset",
        Long.toString(offset),
        "--reason",
        why);
  }
}
