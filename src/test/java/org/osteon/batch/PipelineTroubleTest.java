package org.osteon.batch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.Outcome.Failed;
import org.osteon.batch.device.DeviceLostException;

/** What the device refuses, forgets or does not survive: whom it costs, and what is said of it. */
class PipelineTroubleTest extends PipelineOnAnEcho {
  @Test
  void oneImageThatTripsTheModelFailsAlone() throws Exception {
    device.poison = 13;
    start(16, NEVER, 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      outcomes.add(submit(i));
    }
    for (int i = 0; i < 16; i++) {
      if (i == 13) {
        Failed failed = (Failed) outcomes.get(i).get(60, SECONDS);
        assertThat(failed.reason()).isEqualTo("INFERENCE_FAILED");
        assertThat(failed.stage()).isEqualTo(Outcome.FailedStage.INFER);
      } else {
        assertThat(logits(outcomes.get(i))).containsExactly(i, i);
      }
    }
    assertThat(pipeline().trouble()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoNumberFailsAlone() throws Exception {
    device.notANumber = 2;
    start(4, NEVER, 64, 1 << 20);
    List<CompletableFuture<Outcome>> outcomes = List.of(submit(0), submit(1), submit(2), submit(3));
    assertThat(((Failed) outcomes.get(2).get(60, SECONDS)).reason()).isEqualTo("NON_FINITE_OUTPUT");
    assertThat(logits(outcomes.get(3))).containsExactly(3, 3);
  }

  @Test
  void aSizeThatFindsNoMemoryIsRemembered() throws Exception {
    device.memory = 5;
    start(16, NEVER, 64, 1 << 20);
    for (int round = 0; round < 3; round++) {
      List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        outcomes.add(submit(i));
      }
      for (int i = 0; i < 16; i++) {
        assertThat(logits(outcomes.get(i))).containsExactly(i, i);
      }
    }
    assertThat(device.batchSizes).hasSize(12).containsOnly(4);
    assertThat(answered).containsOnly(4);
  }

  @Test
  void anImageWaitsForMemoryThatAnotherProcessHolds() throws Exception {
    device.memory = 0;
    start(4, Duration.ofMillis(5), 64, 1 << 20);
    CompletableFuture<Outcome> outcome = submit(7);
    await().until(() -> device.memoryMissed.get() >= 2);
    device.memory = 4;
    assertThat(logits(outcome)).containsExactly(7, 7);
    assertThat(pipeline().isDeviceLost()).isFalse();
  }

  @Test
  void anInferenceThreadThatEndsIsNoticed() throws Exception {
    start(4, Duration.ofMillis(5), 64, 1 << 20);
    device.broken = true;
    CompletableFuture<Outcome> outcome = submit(1);
    await().dontCatchUncaughtExceptions().until(() -> pipeline().isDeviceLost());
    assertThat(pipeline().trouble()).hasValueSatisfying(t -> assertThat(t).contains("ended"));
    assertThat(outcome).isNotDone();
  }

  @Test
  void aDeadDeviceFailsNoImage() throws Exception {
    start(4, NEVER, 64, 1 << 20);
    device.dead = true;
    List<CompletableFuture<Outcome>> outcomes = List.of(submit(1), submit(2), submit(3), submit(4));
    await().until(() -> pipeline().isDeviceLost());
    assertThat(pipeline().trouble())
        .hasValueSatisfying(t -> assertThat(t).contains("echo", "lost"));
    assertThat(outcomes).noneMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> submit(5)).isInstanceOf(DeviceLostException.class);
  }

  @Test
  void aHungDeviceIsNamedAndComesBack() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    start(4, Duration.ofMillis(1), 64, 1 << 20);
    device.hangs = latch;
    CompletableFuture<Outcome> outcome = submit(1);
    await().until(() -> pipeline().trouble().isPresent());
    assertThat(pipeline().trouble().orElseThrow())
        .contains("echo", "osteon-inference-", "has not returned");
    assertThat(pipeline().isDeviceLost()).isFalse();
    device.hangs = null;
    latch.countDown();
    assertThat(logits(outcome)).containsExactly(1, 1);
    await().until(() -> pipeline().trouble().isEmpty());
  }
}
