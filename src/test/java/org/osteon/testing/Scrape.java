package org.osteon.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} said once, and the other pages beside it. */
public final class Scrape {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? ([^ ]+)(?: \\d+)?");
  private static final Pattern TAG = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<Sample> samples = new ArrayList<>();

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  private Scrape(String text) {
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (line.startsWith("#") || !matcher.matches()) {
        continue;
      }
      Map<String, String> labels = new TreeMap<>();
      if (matcher.group(2) != null) {
        Matcher tag = TAG.matcher(matcher.group(2));
        while (tag.find()) {
          labels.put(tag.group(1), tag.group(2));
        }
      }
      double value = Double.parseDouble(matcher.group(3).replace("Inf", "Infinity"));
      samples.add(new Sample(matcher.group(1), labels, value));
    }
  }

  /** Scrapes a service on this machine. */
  public static Scrape of(int port) throws IOException, InterruptedException {
    return new Scrape(get(port, "/metrics").body());
  }

  /** A page of a service on this machine. */
  public static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Every name of a sample. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.forEach(sample -> names.add(sample.name));
    return names;
  }

  /** Samples of one name. */
  public List<Sample> of(String name) {
    return samples.stream().filter(sample -> sample.name.equals(name)).toList();
  }

  /** Sum over all labels; 0 where there is no such sample. */
  public double sum(String name) {
    return of(name).stream().mapToDouble(Sample::value).sum();
  }

  /** Every sample. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }
}
