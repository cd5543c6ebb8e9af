package org.osteon.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osteon.deliver.DeliverMetric;
import org.osteon.metrics.ListenerMetric;
import org.osteon.metrics.Metric;
import org.osteon.metrics.PerformanceMetric;

/** What {@code k8s/monitoring} names. */
public final class Monitoring {
  /** Whatever looks like a metric of ours or of a binder, wherever it stands. */
  private static final Pattern NAME =
      Pattern.compile("\\b((?:osteon|jvm|kafka|process|system)_[a-z0-9_]*[a-z0-9])\\b");

  private Monitoring() {}

  /** The folder. */
  public static Path folder() {
    return Path.of(System.getProperty("osteon.root", "..")).resolve("k8s/monitoring").normalize();
  }

  /** Names of metrics in the expressions of these files. */
  public static Set<String> namesIn(String... files) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String file : files) {
      for (String line : Files.readAllLines(folder().resolve(file))) {
        if (!line.stripLeading().startsWith("expr:") && !line.contains("\"expr\":")) {
          continue;
        }
        Matcher matcher = NAME.matcher(line);
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
      }
    }
    return names;
  }

  /** What a replica on a CPU exports, and what one on a GPU and a deliverer do beside it. */
  public static Set<String> withCpuOnlyGaps(Set<String> exported) {
    Set<String> names = new TreeSet<>(exported);
    Metric.all().stream()
        .filter(metric -> !metric.onCpu())
        .forEach(metric -> names.addAll(metric.samples()));
    Arrays.stream(DeliverMetric.values()).forEach(metric -> names.add(metric.exported()));
    Arrays.stream(ListenerMetric.values()).forEach(metric -> names.add(metric.exported()));
    Arrays.stream(PerformanceMetric.values()).forEach(metric -> names.add(metric.exported()));
    return names;
  }
}
