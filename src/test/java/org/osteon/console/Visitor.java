package org.osteon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Asks the console as a browser asks it. */
final class Visitor {
  private final HttpClient http = HttpClient.newHttpClient();

  /** What is sent as it happens. */
  HttpResponse<InputStream> follow(String uri) throws Exception {
    return http.send(request(uri).build(), BodyHandlers.ofInputStream());
  }

  /** Reads on to the next time that the console says something is new. */
  static void nextChange(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.equals("event: change")) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo("event: change");
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri));
  }

  HttpResponse<String> get(String uri) throws Exception {
    return http.send(request(uri).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String home, String form, Map<String, String> headers)
      throws Exception {
    return post(home, "/redrive", form, headers);
  }

  HttpResponse<String> post(String home, String path, String form, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        request(home + path).POST(BodyPublishers.ofString(form.replace("<", "%3C")));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
