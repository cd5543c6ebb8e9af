package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.event.Finding;
import org.osteon.event.Undelivered;
import org.osteon.sandbox.ChildProcess;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Scrape;

/** HL7 v2 to a listener of another make, which loses acknowledgements, refuses and restarts. */
@Tag("integration")
class MessagesTest {
  @TempDir private Path folder;

  @Test
  void lostAcknowledgementsErrorsAndRefusalsAreEachWhatTheyAre() throws Exception {
    Listener.require();
    try (Listener listener = new Listener(folder, Ports.take(), "lost,AE,AA,AR,lost,lost");
        Site site = site(listener)) {
      // One at a time, so that it is known which gets what.
      try (Deliverer deliverer = Deliverer.start(site.settings)) {
        site.publish(1, Finding.DEFINITE);
        await("lost, an error, then taken")
            .untilAsserted(
                () -> assertThat(verdicts(listener)).containsExactly("lost", "AE", "AA"));
        assertThat(listener.heard())
            .extracting(Listener.Heard::message)
            .containsOnly(listener.heard().get(0).message());
        site.publish(2, Finding.NONE);
        await("refused for good").untilAsserted(() -> assertThat(site.undelivered()).hasSize(1));
        Undelivered refused = site.undelivered().get(0);
        assertThat(refused.getResultId()).isEqualTo("r2");
        assertThat(refused.getReason()).isEqualTo("REFUSED");
        assertThat(refused.getTarget()).isEqualTo("ward");
        site.publish(3, Finding.DOUBT);
        await("lost twice, then taken")
            .untilAsserted(() -> assertThat(accepted(listener)).hasSize(2));
        listener.kill();
        IntStream.rangeClosed(4, 8).forEach(n -> publish(site, n));
        await("it is away")
            .untilAsserted(
                () ->
                    assertThat(Scrape.get(deliverer.httpPort(), "/metrics").body())
                        .contains("osteon_deliver_away{target=\"ward\"} 1.0")
                        .contains("osteon_deliver_backlog{target=\"ward\"} 5.0"));
        listener.restart();
        await("all of them").untilAsserted(() -> assertThat(accepted(listener)).hasSize(7));
      }
      assertThat(site.undelivered()).hasSize(1);
      assertSameBytesUnderOneId(listener);
      for (String secret : Site.secrets()) {
        assertThat(site.undelivered().toString()).doesNotContain(secret);
      }
      assertThat(listener.heard().get(0).message())
          .contains("INVENTED^IDA", "|ACC556677|", "1.2.3.1");
    }
  }

  @Test
  @Tag("chaos")
  void nothingIsLostWhenTheDelivererIsKilledBetweenMessageAndCommit() throws Exception {
    Listener.require();
    int results = 30;
    try (Listener listener = new Listener(folder, Ports.take(), "AA,lost,AE");
        Site site = site(listener)) {
      IntStream.range(0, results).forEach(n -> publish(site, n));
      for (int round = 0; round < 3; round++) {
        ChildProcess deliverer = start(site, round);
        int enough = listener.heard().size() + 4 + round;
        await("round " + round).until(() -> listener.heard().size() >= enough);
        deliverer.kill();
      }
      ChildProcess deliverer = start(site, 9);
      await("all of them")
          .untilAsserted(() -> assertThat(accepted(listener).keySet()).hasSize(results));
      Site.awaitUp(folder.resolve("deliver-9.log"));
      deliverer.signal("-TERM");
      assertThat(deliverer.await(Duration.ofMinutes(2))).isZero();
      assertThat(site.undelivered()).isEmpty();
      assertSameBytesUnderOneId(listener);
    }
  }

  private static void assertSameBytesUnderOneId(Listener listener) throws IOException {
    Map<String, String> first = new HashMap<>();
    for (Listener.Heard each : listener.heard()) {
      assertThat(first.computeIfAbsent(each.controlId(), id -> each.message()))
          .isEqualTo(each.message());
    }
  }

  private static List<String> verdicts(Listener listener) throws IOException {
    return listener.heard().stream().map(Listener.Heard::verdict).toList();
  }

  /** How often each was taken. */
  private static Map<String, Integer> accepted(Listener listener) throws IOException {
    Map<String, Integer> taken = new HashMap<>();
    listener.heard().stream()
        .filter(each -> each.verdict().equals("AA"))
        .forEach(each -> taken.merge(each.controlId(), 1, Integer::sum));
    return taken;
  }

  private static void publish(Site site, int n) {
    try {
      site.publish(n, n % 2 == 0 ? Finding.DEFINITE : Finding.NONE);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Site site(Listener listener) throws IOException {
    return new Site(
        folder,
        Map.of(),
        "ward.type=hl7",
        "ward.host=127.0.0.1",
        "ward.port=" + listener.port(),
        "ward.when=result");
  }

  private ChildProcess start(Site site, int round) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of("org.osteon.cli.Osteon", "deliver", "--config", site.write().toString()));
    return ChildProcess.start(
        folder.resolve("deliver-" + round + ".log"), command.toArray(new String[0]));
  }
}
