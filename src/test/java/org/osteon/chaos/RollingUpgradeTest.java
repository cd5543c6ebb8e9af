package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.testing.Platform;

/** Three replicas under load, replaced one after another, with a model switch in the middle. */
@Tag("chaos")
class RollingUpgradeTest {
  private static final int EACH = 5;

  @Test
  void nothingIsLostNothingRepeatedAndNoImageWaitsLongerThanARestart() throws Exception {
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            "exactly_once_v2",
            "classic",
            Map.of("model.path", Deployed.NEWEST.toString()))) {
      List<Replica> fleet = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        fleet.add(hospital.start());
      }
      for (Replica replica : fleet) {
        await().until(replica::isUp);
      }
      Map<String, Instant> sent = new HashMap<>();
      hospital.ward.publish(50);
      hospital.ward.evidence(true);
      Load load = new Load(hospital, sent);
      load.start();
      Duration longest = Duration.ZERO;
      for (int i = 0; i < fleet.size(); i++) {
        Instant begun = Instant.now();
        assertThat(fleet.get(i).terminate()).as(hospital.logs()).isZero();
        Replica next = hospital.start();
        await().until(next::isUp);
        Duration took = Duration.between(begun, Instant.now());
        longest = took.compareTo(longest) > 0 ? took : longest;
        if (i == 1) {
          Deployed.version(hospital, "1");
        }
      }
      load.finish(Duration.ofSeconds(30));
      hospital.ward.publish(50);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.of(true).forEach(promise -> promise.check(evidence));
      assertThat(evidence.results()).hasSize(hospital.ward.size());
      assertThat(evidence.results().stream().map(r -> r.value().getModel().getVersion()).distinct())
          .containsExactlyInAnyOrder("1", Deployed.NUMBER);
      Duration oldest = Duration.ZERO;
      for (Evidence.Result result : evidence.results()) {
        Instant at = sent.get(result.eventId());
        if (at != null) {
          Duration age = Duration.between(at, result.value().getProcessedAt());
          oldest = age.compareTo(oldest) > 0 ? age : oldest;
        }
      }
      Duration bound = hospital.settings.batchMaxDelay().multipliedBy(2).plus(longest);
      System.out.printf(
          "rolling upgrade: %d events under load, oldest %d ms, a replacement %d ms at most%n",
          sent.size(), oldest.toMillis(), longest.toMillis());
      assertThat(oldest).isLessThanOrEqualTo(bound);
      assertThat(hospital.terminateAll()).as(hospital.logs()).containsOnly(0);
    }
  }

  /** Publishes all the time. The one thread that uses the ward until it is stopped. */
  private static final class Load extends Thread {
    private final AtomicBoolean go = new AtomicBoolean(true);
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Hospital hospital;
    private final Map<String, Instant> sent;

    Load(Hospital hospital, Map<String, Instant> sent) {
      super("load");
      this.hospital = hospital;
      this.sent = sent;
    }

    @Override
    public void run() {
      try {
        while (go.get()) {
          int first = hospital.ward.size();
          Instant now = Instant.now();
          hospital.ward.publish(EACH);
          for (int i = 0; i < EACH; i++) {
            sent.put("e" + (first + i), now);
          }
          long next = System.nanoTime() + Duration.ofMillis(100).toNanos();
          while (go.get() && System.nanoTime() < next) {
            java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
          }
        }
      } catch (Exception e) {
        failure.set(e);
      }
    }

    void finish(Duration patience) throws Exception {
      go.set(false);
      join(patience.toMillis());
      Exception failed = failure.get();
      if (failed != null) {
        throw failed;
      }
    }
  }
}
