package org.osteon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a replica without a shell in it. */
class DiagnosticsTest {
  @TempDir private Path folder;

  @Test
  void threadsAndHeapAreThoseOfThisProcess() throws Exception {
    try (Diagnostics diagnostics = new Diagnostics(0)) {
      assertThat(text(diagnostics, "/threads"))
          .contains("osteon-diagnostics", "threadsAndHeapAreThoseOfThisProcess");
      assertThat(text(diagnostics, "/heap")).contains("#instances", "java.lang.String");
    }
  }

  @Test
  void aRecordingIsReadableAndLeavesTheEnvironmentOut() throws Exception {
    try (Diagnostics diagnostics = new Diagnostics(0)) {
      byte[] file = get(diagnostics, "/recording?seconds=1", 200);
      List<RecordedEvent> events =
          RecordingFile.readAllEvents(Files.write(folder.resolve("one.jfr"), file));
      assertThat(events).isNotEmpty();
      assertThat(events)
          .extracting(event -> event.getEventType().getName())
          .contains("jdk.CPULoad")
          .doesNotContain("jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty");
    }
  }

  @Test
  void itListensForThisMachineAloneAndRefusesWhatItDoesNotUnderstand() throws Exception {
    try (Diagnostics diagnostics = new Diagnostics(0)) {
      for (String asked : List.of("/recording", "/recording?seconds=0", "/recording?seconds=301")) {
        assertThat(new String(get(diagnostics, asked, 400), StandardCharsets.UTF_8))
            .contains("/recording?seconds=30");
      }
      InetAddress outside = InetAddress.getLocalHost();
      if (!outside.isLoopbackAddress()) {
        assertThat(reaches(outside, diagnostics.port())).isFalse();
      }
    }
  }

  private static boolean reaches(InetAddress address, int port) {
    try (java.net.Socket ignored = new java.net.Socket(address, port)) {
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String text(Diagnostics diagnostics, String page) throws Exception {
    return new String(get(diagnostics, page, 200), StandardCharsets.UTF_8);
  }

  private static byte[] get(Diagnostics diagnostics, String page, int status) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + diagnostics.port() + page))
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.body();
  }
}
