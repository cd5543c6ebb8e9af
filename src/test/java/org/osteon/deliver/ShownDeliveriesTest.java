package org.osteon.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.console.Console;
import org.osteon.event.Finding;
import org.osteon.sandbox.Ports;
import org.osteon.testing.Scrape;

/** The console shows how far a deliverer has got with each target. */
@Tag("integration")
class ShownDeliveriesTest {
  @TempDir private Path folder;

  @Test
  void aTargetThatIsAwayIsShownWithWhatWaitsForIt() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Site site = site(Ports.take())) {
      try (Deliverer deliverer = Deliverer.start(site.settings);
          Console console = Console.start(watching(site, deliverer, silent), null)) {
        site.publish(1, Finding.DEFINITE);
        site.publish(2, Finding.NONE);
        await()
            .untilAsserted(
                () ->
                    assertThat(Scrape.get(console.port(), "/live").body())
                        .contains(
                            "<td data-of=\"target\">ward</td>",
                            "CRITICAL\">away</span>",
                            "<td data-of=\"waiting\">2</td>",
                            "CRITICAL\">does not answer</span>",
                            "CRITICAL\">is no replica</span>"));
      }
    }
  }

  /** The deliverer, one that never answers, and the deliverer taken for a replica. */
  private static Settings watching(Site site, Deliverer deliverer, ServerSocket silent) {
    String itself = "http://localhost:" + deliverer.httpPort();
    Map<String, String> values = new HashMap<>(site.settings.texts());
    values.put("console.listen", "127.0.0.1:0");
    values.put("console.deliverers", itself + ",http://localhost:" + silent.getLocalPort());
    values.put("console.replicas", itself);
    return Settings.of(values);
  }

  private Site site(int port) throws IOException {
    return new Site(
        folder,
        Map.of(),
        "ward.type=hl7",
        "ward.host=127.0.0.1",
        "ward.port=" + port,
        "ward.when=result");
  }
}
