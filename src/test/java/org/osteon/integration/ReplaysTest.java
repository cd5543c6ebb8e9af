package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/** A day that comes a second time: published again by its engine, or read again by an operator. */
@Tag("integration")
class ReplaysTest {
  private static final int EVENTS = 150;

  @ParameterizedTest
  @CsvSource({"exactly_once_v2, classic", "at_least_once, classic", "exactly_once_v2, streams"})
  void aReplayedDayRaisesNoSecondAlert(String guarantee, String protocol) throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(), Platform.registry().url(), guarantee, protocol)) {
      Evidence first;
      AtomicInteger submitted = new AtomicInteger();
      Hooks hooks = counting(submitted);
      try (OsteonService service = OsteonService.start(hospital.settings, hooks)) {
        hospital.ward.publish(EVENTS);
        first = hospital.ward.evidence(true);
        assertThat(first.alerts()).isNotEmpty();
        hospital.ward.publishAgain();
        check(first, awaitResults(hospital, 2 * EVENTS));
      }
      if (protocol.equals("classic")) {
        setBack(hospital);
        try (OsteonService service = OsteonService.start(hospital.settings, hooks)) {
          check(first, awaitResults(hospital, 4 * EVENTS));
        }
      }
      assertThat(submitted).as("no event is classified twice").hasValue(EVENTS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void aRepeatIsDroppedWhereThatIsAskedFor(String guarantee) throws Exception {
    Map<String, String> drop = Map.of("duplicates.answer", "drop");
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            drop)) {
      AtomicInteger submitted = new AtomicInteger();
      hospital.ward.publish(EVENTS);
      // Again before anything is answered: each waits for the answer to the first.
      hospital.ward.publishAgain();
      try (OsteonService service = OsteonService.start(hospital.settings, counting(submitted))) {
        hospital.ward.evidence(true);
        hospital.ward.publishAgain();
        hospital.ward.publish(EVENTS);
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.of(true).forEach(promise -> promise.check(evidence));
        assertThat(evidence.results()).hasSize(2 * EVENTS);
        assertThat(submitted).hasValue(2 * EVENTS);
      }
    }
  }

  private static Hooks counting(AtomicInteger submitted) {
    PipelineListener counter =
        new PipelineListener() {
          @Override
          public void submitted() {
            submitted.incrementAndGet();
          }
        };
    return new Hooks(counter, TopologyListener.NONE, CommitBarrier::new, new KafkaClients());
  }

  private static void check(Evidence first, Evidence replayed) {
    assertThat(replayed.alerts()).hasSameElementsAs(first.alerts()).hasSameSizeAs(first.alerts());
    for (Guarantee promise :
        List.of(
            Guarantee.NOTHING_IS_LOST,
            Guarantee.TWICE_HAS_ONE_ID,
            Guarantee.STUDIES_ARE_EXACT,
            Guarantee.ALERTS_ARE_THE_DUE_ONES,
            Guarantee.NO_ALERT_TWICE)) {
      promise.check(replayed);
    }
  }

  private static Evidence awaitResults(Hospital hospital, int count) {
    await().until(() -> hospital.ward.evidence(false).results().size() >= count);
    return hospital.ward.evidence(true);
  }

  /** Sets the group back to the beginning, as an operator does who wants a day again. */
  private static void setBack(Hospital hospital) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
    for (int i = 0; i < Hospital.PARTITIONS; i++) {
      beginning.put(
          new TopicPartition(hospital.settings.get(TopicKeys.EVENTS), i), new OffsetAndMetadata(0));
    }
    try (Admin admin = Platform.admin(hospital.settings)) {
      // Members leave a group by their silence: a clean close says nothing.
      await()
          .ignoreException(ExecutionException.class)
          .untilAsserted(
              () ->
                  admin
                      .alterConsumerGroupOffsets(
                          hospital.settings.get(KafkaKeys.APPLICATION_ID), beginning)
                      .all()
                      .get());
    }
  }
}
