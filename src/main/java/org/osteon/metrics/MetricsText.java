package org.osteon.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} said once, summed over labels. */
public final class MetricsText {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{.*\\})? ([0-9eE.+-]+)(?: \\d+)?");

  private final Map<String, Double> sums = new TreeMap<>();

  private MetricsText() {}

  /** From Prometheus' text format; lines that hold no finite number are passed over. */
  public static MetricsText parse(String text) {
    MetricsText parsed = new MetricsText();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                parsed.sums.merge(line.group(1), Double.parseDouble(line.group(2)), Double::sum));
    return parsed;
  }

  /**
   * @param name as it is exported
   * @throws IllegalArgumentException where there is no such metric
   */
  public double sum(String name) {
    Double sum = sums.get(name);
    if (sum == null) {
      throw new IllegalArgumentException(
          "There is no metric " + name + " there: give the address of an Osteon replica.");
    }
    return sum;
  }
}
