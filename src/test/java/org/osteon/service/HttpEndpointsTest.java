package org.osteon.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.service.health.Health;
import org.osteon.service.meters.ServiceMetrics;

/** Which door leads where, and who needs a token. */
class HttpEndpointsTest {
  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir private Path folder;

  @Test
  void withoutADoorOfTheirOwnReadersComeByTheProbes() throws Exception {
    try (HttpEndpoints http = start(Map.of("http.port", "0"))) {
      assertThat(http.metricsPort()).isEqualTo(http.port());
      assertThat(status(http.port(), "/metrics", null)).isEqualTo(200);
      assertThat(status(http.port(), "/livez", null)).isEqualTo(200);
    }
  }

  @Test
  void metricsWithADoorOfTheirOwnAreNotAtTheProbes() throws Exception {
    try (HttpEndpoints http =
        start(Map.of("http.port", "0", "http.metrics.listen", "127.0.0.1:0"))) {
      assertThat(http.metricsPort()).isNotEqualTo(http.port());
      for (String page : new String[] {"/metrics", "/version"}) {
        assertThat(status(http.port(), page, null)).as(page).isEqualTo(404);
        assertThat(status(http.metricsPort(), page, null)).as(page).isEqualTo(200);
      }
      assertThat(status(http.metricsPort(), "/livez", null)).isEqualTo(404);
      assertThat(status(http.port(), "/livez", null)).isEqualTo(200);
    }
  }

  @Test
  void readersShowTheTokenAndProbesNeedNone() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    try (HttpEndpoints http =
        start(Map.of("http.port", "0", "http.metrics.token.file", file.toString()))) {
      for (String page : new String[] {"/metrics", "/version"}) {
        assertThat(status(http.port(), page, null)).as(page).isEqualTo(401);
        assertThat(status(http.port(), page, "Bearer " + TOKEN + "4")).as(page).isEqualTo(401);
        assertThat(status(http.port(), page, TOKEN)).as(page).isEqualTo(401);
        assertThat(status(http.port(), page, "Bearer " + TOKEN)).as(page).isEqualTo(200);
      }
      assertThat(status(http.port(), "/livez", null)).isEqualTo(200);
      assertThat(status(http.port(), "/readyz", null)).isEqualTo(503);
    }
  }

  @Test
  void probesAreAnsweredWhileOthersSendHalfOfARequest() throws Exception {
    List<Socket> stalled = new ArrayList<>();
    try (HttpEndpoints http = start(Map.of("http.port", "0"))) {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket("127.0.0.1", http.port());
        stalled.add(socket);
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
        socket.getOutputStream().flush();
      }
      assertThat(status(http.port(), "/livez", null)).isEqualTo(200);
      assertThat(status(http.port(), "/metrics", null)).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void aTokenThatIsNoneIsRefusedWithoutBeingSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("short"), "hunter2");
    Settings settings = Settings.of(Map.of("http.metrics.token.file", file.toString()));
    assertThatThrownBy(() -> TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at least 16 characters")
        .hasMessageNotContaining("hunter2");
  }

  private static HttpEndpoints start(Map<String, String> values) throws IOException {
    Settings settings = Settings.of(values);
    Health health = new Health();
    HttpEndpoints.Doors doors =
        new HttpEndpoints.Doors(
            new InetSocketAddress("127.0.0.1", settings.get(HttpKeys.HTTP_PORT)),
            settings.find(HttpKeys.HTTP_METRICS_LISTEN).orElse(null),
            TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE).orElse(null));
    return new HttpEndpoints(
        doors, health, new ServiceMetrics(8, 100, 2, health), () -> Map.of("version", "1"));
  }

  private static int status(int port, String page, @Nullable String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
