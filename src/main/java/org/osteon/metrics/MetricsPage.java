package org.osteon.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code docs/metrics.md} from {@link Metric}. */
public final class MetricsPage {
  private static final String HEAD =
      """
      # What is measured?

      <!-- Made from org.osteon.metrics.Metric: change that, then run
           mvn test -Dtest=MetricsPageTest -Dosteon.docs.write=true -->

      `/metrics` on `http.port`, or on `http.metrics.listen` where that is set, in Prometheus' text format. **events = results + dead letters + dropped repeats + in
      flight**, for each process since it started; so too for sums over replicas, `increase()` aside, which guesses at
      restarts. No label grows with traffic, and none holds anything of a patient, a study or a facility.

      | metric | kind | labels | meaning |
      | --- | --- | --- | --- |
      """;

  private static final String MIDDLE =
      """

      A histogram has `_bucket`, `_count`, `_sum` and `_max` (of the last minutes) behind its name.

      | label | values |
      | --- | --- |
      """;

  private static final String BUCKETS =
      """

      | histogram | upper bounds of its buckets |
      | --- | --- |
      """;

  private static final String GATEWAY =
      """

      ## The gateway
      `/metrics` on `gateway.health.listen`.

      | metric | kind | labels | meaning |
      | --- | --- | --- | --- |
      """;

  private static final String PERFORMANCE =
      """

      ## What the model is worth
      `/metrics` of `osteon performance` on `http.port`; the figures themselves are in `topics.performance`.

      | metric | kind | labels | meaning |
      | --- | --- | --- | --- |
      """;

  private static final String LISTENER =
      """

      ## The listener for reports and orders
      `/metrics` on `reports.health.listen`.

      | metric | kind | labels | meaning |
      | --- | --- | --- | --- |
      """;

  private static final String TAIL =
      """

      ## Beside these
      Micrometer's binders export what Kafka's clients (`kafka_consumer_…`, `kafka_producer_…`, `kafka_admin_client_…`),
      Kafka Streams (`kafka_stream_…`) and the JVM (`jvm_…`, `process_…`, `system_…`) know of themselves. In their labels the
      random part of client and thread names is cut off, so that a restart makes no new series.

      Rules and dashboard that use these: `k8s/monitoring`; what to do when one fires: [runbook](runbook.md).
      """;

  /** The page in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Metric metric : Metric.all()) {
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  metric.exported(),
                  kind(metric),
                  metric.labels().stream()
                      .map(label -> "`" + label.key() + "`")
                      .collect(Collectors.joining(", ")),
                  metric.meaning()));
    }
    page.append(MIDDLE);
    for (MetricLabel label : MetricLabel.values()) {
      page.append("| `%s` | %s |%n".formatted(label.key(), label.range()));
    }
    page.append(BUCKETS);
    for (Metric metric : Metric.all()) {
      if (metric.buckets().length > 0) {
        page.append(
            "| `%s` | %s |%n"
                .formatted(
                    metric.exported(),
                    Arrays.stream(metric.buckets())
                        .mapToObj(MetricsPage::number)
                        .collect(Collectors.joining(" "))));
      }
    }
    page.append(GATEWAY);
    for (GatewayMetric each : GatewayMetric.values()) {
      page.append(each.metric().row());
    }
    page.append(PERFORMANCE);
    for (PerformanceMetric each : PerformanceMetric.values()) {
      page.append(each.metric().row());
    }
    page.append(LISTENER);
    for (ListenerMetric each : ListenerMetric.values()) {
      page.append(each.metric().row());
    }
    return page.append(TAIL).toString();
  }

  private static String kind(Metric metric) {
    return switch (metric.kind()) {
      case COUNTER, GAUGE -> metric.kind().name().toLowerCase(Locale.ROOT);
      case TIMER, SUMMARY -> "histogram";
    };
  }

  private static String number(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  private MetricsPage() {}
}
