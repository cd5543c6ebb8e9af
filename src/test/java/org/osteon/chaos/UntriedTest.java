package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.osteon.batch.PipelineListener;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.Platform;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * What nobody had tried when the barrier was designed; {@code docs/guarantees.md} says what was
 * seen.
 */
@Tag("chaos")
class UntriedTest {
  @Test
  void standbyTasksDoNotDisturbTheBarrier() throws Exception {
    try (Hospital hospital = hospital(Map.of("streams.num.standby.replicas", "1"));
        OsteonService first = OsteonService.start(hospital.settings, Hooks.none());
        OsteonService second = OsteonService.start(hospital.settings, Hooks.none())) {
      awaitReady(first);
      awaitReady(second);
      hospital.ward.publish(150);
      first.close();
      hospital.ward.publish(50);
      check(hospital, 200);
    }
  }

  @Test
  void recordsOfTwentyMegabytesGoThroughOneByOne() throws Exception {
    Map<String, String> large =
        Map.of(
            "image.max.bytes", "25000000",
            "image.max.pixels", "30000000",
            "memory.budget.mb", "128");
    try (Hospital hospital = hospital(large)) {
      for (int i = 0; i < 10; i++) {
        hospital.ward.publish(bitmap(5000, 4000, i), "");
        hospital.ward.publish(5);
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        check(hospital, 60);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  @Test
  void aDrainThatOutlastsTheTransactionIsDoneAgain() throws Exception {
    // The plan refuses such settings, so the producer is given its short timeout behind its back.
    KafkaClients hasty =
        new KafkaClients() {
          @Override
          public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            Map<String, Object> shortened = new TreeMap<>(config);
            shortened.put("transaction.timeout.ms", "3000");
            return super.getProducer(shortened);
          }
        };
    AtomicInteger batches = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    PipelineListener stall =
        new PipelineListener() {
          @Override
          public void batchAnswered(int size, long inferenceNanos) {
            if (batches.incrementAndGet() == 6) {
              // The broker looks for overdue transactions every ten seconds.
              waitFor(never, 16);
            }
          }
        };
    try (Hospital hospital = hospital(Map.of("inference.timeout.ms", "20000"))) {
      hospital.ward.publish(200);
      Hooks hooks = new Hooks(stall, TopologyListener.NONE, CommitBarrier::new, hasty);
      try (OsteonService service = OsteonService.start(hospital.settings, hooks)) {
        check(hospital, 200);
        assertThat(batches).hasValueGreaterThan(6);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  @Test
  void aDeviceThatHangsIsNamedStopsTheServiceAndLosesNothing() throws Exception {
    AtomicInteger batches = new AtomicInteger();
    CountDownLatch released = new CountDownLatch(1);
    PipelineListener hang =
        new PipelineListener() {
          @Override
          public void batchAnswered(int size, long inferenceNanos) {
            if (batches.incrementAndGet() >= 4) {
              waitFor(released, 120);
            }
          }
        };
    try (Hospital hospital = hospital(Map.of())) {
      hospital.ward.publish(200);
      Hooks hooks = new Hooks(hang, TopologyListener.NONE, CommitBarrier::new, new KafkaClients());
      try (OsteonService hung = OsteonService.start(hospital.settings, hooks)) {
        await().until(() -> hung.health().fatal().isPresent());
        assertThat(hung.health().fatal().orElseThrow()).contains("nothing was committed");
        assertThat(hung.health().notAlive()).isNotEmpty();
        released.countDown();
      }
      try (OsteonService next = OsteonService.start(hospital.settings, Hooks.none())) {
        check(hospital, 200);
        assertThat(next.health().notAlive()).isEmpty();
      }
    }
  }

  private static Hospital hospital(Map<String, String> more) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        more);
  }

  private static void check(Hospital hospital, int events) {
    Evidence evidence = hospital.ward.evidence(true);
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.results()).hasSize(events);
  }

  private static void awaitReady(OsteonService service) {
    await().until(() -> service.health().notReady().isEmpty());
  }

  private static void waitFor(CountDownLatch latch, int seconds) {
    try {
      latch.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An uncompressed grey BMP. */
  private static byte[] bitmap(int width, int height, int seed) {
    int pixels = 54 + 1024;
    ByteBuffer bmp = ByteBuffer.allocate(pixels + width * height).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(pixels);
    bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    bmp.putInt(0).putInt(width * height).putInt(0).putInt(0).putInt(256).putInt(0);
    for (int grey = 0; grey < 256; grey++) {
      bmp.putInt(grey << 16 | grey << 8 | grey);
    }
    for (int i = 0; i < width * height; i++) {
      bmp.put((byte) (i / width * seed + i));
    }
    return bmp.array();
  }
}
