package org.osteon.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osteon.event.Label;
import org.osteon.metrics.Metric;
import org.osteon.metrics.MetricLabel;
import org.osteon.metrics.MetricsText;
import org.osteon.metrics.ModelMetric;

/**
 * What a shadow version said of the images that the active one answered, as replicas counted it. A
 * shadow publishes nothing, so their metrics are where it is; they begin anew with each pair of
 * versions and with each replica.
 *
 * @param active version that answered
 * @param shadow version that was asked as well
 * @param labels images by the active version's label and then by the shadow's
 * @param sameDecision images that both would report, or both refer
 * @param confidence mean of the shadow's
 * @param activeConfidence mean of the active version's, on the same images
 * @param abnormalChange mean distance of the two probabilities of anything but healthy
 */
public record SecondReading(
    String active,
    String shadow,
    Map<Label, Map<Label, Long>> labels,
    long sameDecision,
    double confidence,
    double activeConfidence,
    double abnormalChange) {

  /** A pair of versions. */
  private record Pair(String active, String shadow) {
    static Pair of(MetricsText.Sample sample) {
      return new Pair(sample.label(MetricLabel.VERSION), sample.label(MetricLabel.SHADOW_VERSION));
    }
  }

  /** One for each pair of versions, over all replicas. */
  public static List<SecondReading> of(List<MetricsText> replicas) {
    Map<Pair, Map<Label, Map<Label, Long>>> labels = new LinkedHashMap<>();
    for (MetricsText.Sample sample : samples(replicas, ModelMetric.SHADOW_LABELS.exported())) {
      labels
          .computeIfAbsent(Pair.of(sample), pair -> new EnumMap<>(Label.class))
          .computeIfAbsent(
              Label.valueOf(sample.label(MetricLabel.LABEL)), l -> new EnumMap<>(Label.class))
          .merge(
              Label.valueOf(sample.label(MetricLabel.SHADOW_LABEL)),
              Math.round(sample.value()),
              Long::sum);
    }
    List<SecondReading> readings = new ArrayList<>();
    labels.forEach((pair, counts) -> readings.add(reading(replicas, pair, counts)));
    return readings;
  }

  /** Labels of the shadow: each row has them all, and a version may know two labels or three. */
  public Set<Label> columns() {
    return labels.values().iterator().next().keySet();
  }

  /** How alike the two are, in words. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%d images, %.1f %% with the same label, %.1f %% with the same decision; mean confidence %.3f, the shadow's %.3f; probability of anything but healthy %.3f apart",
        images(),
        100 * agreement(),
        100.0 * sameDecision / images(),
        activeConfidence,
        confidence,
        abnormalChange);
  }

  /** Images that both answered. */
  public long images() {
    return labels.values().stream()
        .flatMap(row -> row.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Of them, those with the same label; not a number where there are none. */
  public double agreement() {
    long same =
        labels.entrySet().stream()
            .mapToLong(row -> row.getValue().getOrDefault(row.getKey(), 0L))
            .sum();
    return (double) same / images();
  }

  private static SecondReading reading(
      List<MetricsText> replicas, Pair pair, Map<Label, Map<Label, Long>> labels) {
    double same = 0;
    for (MetricsText.Sample sample : samples(replicas, ModelMetric.SHADOW_DECISIONS.exported())) {
      boolean equal =
          sample.label(MetricLabel.DECISION).equals(sample.label(MetricLabel.SHADOW_DECISION));
      same += equal && Pair.of(sample).equals(pair) ? sample.value() : 0;
    }
    return new SecondReading(
        pair.active,
        pair.shadow,
        labels,
        Math.round(same),
        mean(replicas, pair, ModelMetric.SHADOW_CONFIDENCE),
        mean(replicas, pair, ModelMetric.SHADOW_ACTIVE_CONFIDENCE),
        mean(replicas, pair, ModelMetric.SHADOW_ABNORMAL_CHANGE));
  }

  private static double mean(List<MetricsText> replicas, Pair pair, Metric summary) {
    return sum(replicas, pair, summary.exported() + "_sum")
        / sum(replicas, pair, summary.exported() + "_count");
  }

  private static double sum(List<MetricsText> replicas, Pair pair, String name) {
    return samples(replicas, name).stream()
        .filter(sample -> Pair.of(sample).equals(pair))
        .mapToDouble(MetricsText.Sample::value)
        .sum();
  }

  private static List<MetricsText.Sample> samples(List<MetricsText> replicas, String name) {
    return replicas.stream().flatMap(replica -> replica.of(name).stream()).toList();
  }
}
