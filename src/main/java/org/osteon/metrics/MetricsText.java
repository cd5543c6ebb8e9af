package org.osteon.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} said once. */
public final class MetricsText {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? ([0-9eE.+-]+)(?: \\d+)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, List<Sample>> samples = new TreeMap<>();

  /** One line of a metric. */
  public record Sample(Map<String, String> labels, double value) {
    /** The value of a label; empty where it has none. */
    public String label(MetricLabel label) {
      return labels.getOrDefault(label.key(), "");
    }
  }

  private MetricsText() {}

  /** From Prometheus' text format; lines that hold no finite number are passed over. */
  public static MetricsText parse(String text) {
    MetricsText parsed = new MetricsText();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                parsed
                    .samples
                    .computeIfAbsent(line.group(1), name -> new ArrayList<>())
                    .add(new Sample(labels(line), Double.parseDouble(line.group(3)))));
    return parsed;
  }

  /**
   * @param name as it is exported
   * @return the sum over its labels
   * @throws IllegalArgumentException where there is no such metric
   */
  public double sum(String name) {
    List<Sample> found = of(name);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no metric " + name + " there: give the address of an Osteon replica.");
    }
    return found.stream().mapToDouble(Sample::value).sum();
  }

  /**
   * @param name as it is exported
   * @return each line of it; none where there is no such metric
   */
  public List<Sample> of(String name) {
    return List.copyOf(samples.getOrDefault(name, List.of()));
  }

  private static Map<String, String> labels(Matcher line) {
    Map<String, String> labels = new TreeMap<>();
    if (line.group(2) != null) {
      Matcher label = LABEL.matcher(line.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return labels;
  }
}
