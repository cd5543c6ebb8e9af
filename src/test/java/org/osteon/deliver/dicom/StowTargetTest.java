package org.osteon.deliver.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osteon.deliver.Deliveries;
import org.osteon.deliver.destination.BearerToken;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.destination.Outcome;
import org.osteon.deliver.dicom.DicomTarget.Kind;
import org.osteon.event.Finding;
import org.osteon.sandbox.Ports;
import org.osteon.testing.server.Orthanc;

/** Report and capture by STOW-RS: to Orthanc's DICOMweb, and to servers that say no. */
@Tag("integration")
@Timeout(300)
class StowTargetTest {
  private static final String STUDY = "1.2.3.77";

  @TempDir private Path folder;

  @Test
  void bothArriveInTheStudyOnceHoweverOftenTheyAreSent() throws Exception {
    Orthanc.require();
    try (Orthanc archive = Orthanc.start(folder.resolve("orthanc"), Ports.take(), Ports.take())) {
      StowTarget target =
          target("http://127.0.0.1:" + archive.httpPort() + "/dicom-web", Optional.empty());
      for (int i = 0; i < 3; i++) {
        assertThat(target.send(delivery())).isEqualTo(new Outcome.Delivered());
      }
      assertThat(archive.modalities(STUDY)).containsExactly("OT", "SR");
      assertThat(archive.get("/instances")).hasSize(2);
      archive.kill();
      assertThat(target.send(delivery())).isInstanceOf(Outcome.Away.class);
      archive.restart();
      assertThat(target.send(delivery())).isEqualTo(new Outcome.Delivered());
      assertThat(archive.get("/instances")).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | `{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{},{}]}}` | Delivered",
        "200 | `{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{}]}}` | Away",
        "200 | `<html>sign in</html>` | Away",
        "202 | `{\"00081198\":{\"Value\":[{\"00081197\":{\"vr\":\"US\",\"Value\":[43264]}}]}}` | Refused",
        "409 | `{\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[42752]}}]}}` | Away",
        "409 | `{\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[272]}}]}}` | NotNow",
        "409 | `{\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[273]}},{\"00081197\":{\"Value\":[273]}}]}}` | Delivered",
        "400 | `` | Refused",
        "401 | `` | Away",
        "413 | `` | Refused",
        "415 | `` | Refused",
        "500 | `` | NotNow",
        "503 | `` | Away"
      })
  void whatAServerSaysIsRefusedForGoodOrTriedAgain(int status, String body, String outcome)
      throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StringBuilder seen = new StringBuilder();
    server.createContext(
        "/dw/studies",
        exchange -> {
          seen.append(exchange.getRequestHeaders().getFirst("Authorization")).append(' ');
          seen.append(exchange.getRequestHeaders().getFirst("Content-Type"));
          exchange.getRequestBody().readAllBytes();
          byte[] answer = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Path token = Files.writeString(folder.resolve("token"), "not-a-token-of-anyone\n");
      StowTarget target =
          target("http://127.0.0.1:" + server.getAddress().getPort() + "/dw", Optional.of(token));
      assertThat(target.send(delivery()).getClass().getSimpleName()).isEqualTo(outcome);
    } finally {
      server.stop(0);
    }
    assertThat(seen.toString())
        .startsWith(
            "Bearer not-a-token-of-anyone multipart/related; type=\"application/dicom\"; boundary=");
  }

  private static Delivery delivery() {
    return new Delivery(
        Deliveries.result("r77", Finding.CRITICAL, "2.25.777", "2.25.877", null),
        Deliveries.original(STUDY, STUDY + ".1", STUDY + ".1.1"),
        1_790_000_000_000L);
  }

  private static StowTarget target(String base, Optional<Path> token) throws Exception {
    return new StowTarget(
        new StowSettings(
            URI.create(base + "/studies"), SSLContext.getDefault(), new BearerToken(token)),
        EnumSet.allOf(Kind.class),
        delivery -> null,
        Duration.ofSeconds(30));
  }
}
