package org.osteon.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;
import org.osteon.testing.HugePng;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Ward;

/** Files made to end a replica, each several times, among good ones: each costs itself. */
@Tag("integration")
class HostileImagesTest {
  private static final int TIMES = 2;

  /** What each becomes, by the beginning of its name. */
  private static final Map<String, String> REASONS =
      Map.of(
          "inner_jpegll", "CORRUPT_IMAGE",
          "jpegll_prog", "DECODE_TOO_LARGE",
          "deflated_rgb16", "DECODE_TOO_LARGE",
          "alloc_rle", "DECODE_TOO_LARGE");

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void eachCostsItselfAndTheServiceAnswersThroughout(String guarantee) throws Exception {
    Path folder = Hospital.root().resolve("../shared/data/hostile");
    Assumptions.assumeTrue(Files.isDirectory(folder), folder + " is not here.");
    Map<String, String> limits =
        Map.of(
            "image.max.bytes", "33554432",
            "image.max.pixels", "100000000",
            "memory.budget.mb", "256",
            "decode.threads", "2",
            "decode.isolation", "process");
    Queue<Integer> alive = new ConcurrentLinkedQueue<>();
    ScheduledExecutorService probe = Executors.newSingleThreadScheduledExecutor();
    try (Hospital hospital =
        new Hospital(
            Platform.broker().bootstrapServers(),
            Platform.registry().url(),
            guarantee,
            "classic",
            limits)) {
      int bad = publish(hospital.ward, files(folder));
      int good = hospital.ward.size() - bad;
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        probe.scheduleWithFixedDelay(
            () -> alive.add(livez(service.httpPort())), 0, 200, TimeUnit.MILLISECONDS);
        Evidence evidence = hospital.ward.evidence(true);
        for (Guarantee promise : Guarantee.of(guarantee.equals("exactly_once_v2"))) {
          promise.check(evidence);
        }
        assertThat(evidence.results()).hasSize(good);
        assertThat(evidence.deadLetters()).hasSize(bad);
        probe.shutdown();
        assertThat(probe.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(alive).isNotEmpty().containsOnly(200);
      }
    } finally {
      probe.shutdownNow();
    }
  }

  /** Publishes each several times with good ones between; returns how many must be dead letters. */
  private static int publish(Ward ward, List<Path> files) throws Exception {
    int bad = 0;
    byte[] huge = HugePng.of(0);
    for (int i = 0; i < TIMES; i++) {
      ward.publish(10);
      for (Path file : files) {
        ward.publish(Files.readAllBytes(file), reason(file));
        ward.publish(2);
        bad++;
      }
      ward.publish(huge, "DECODE_TOO_LARGE");
      bad++;
    }
    ward.publish(10);
    return bad;
  }

  private static String reason(Path file) {
    return REASONS.entrySet().stream()
        .filter(each -> file.getFileName().toString().startsWith(each.getKey()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  private static int livez(int port) {
    try {
      return Scrape.get(port, "/livez").statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
