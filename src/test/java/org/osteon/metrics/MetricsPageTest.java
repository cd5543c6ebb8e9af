package org.osteon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  @Test
  void thePageSaysWhatTheCodeDoes() throws Exception {
    Path page = Path.of(System.getProperty("osteon.root", ".."), "docs", "metrics.md");
    if (Boolean.getBoolean("osteon.docs.write")) {
      Files.writeString(page, MetricsPage.markdown());
    }
    assertThat(Files.readString(page)).isEqualTo(MetricsPage.markdown());
  }

  @Test
  void everyNameIsItsOwnAndEveryHistogramAscends() {
    assertThat(Metric.all().stream().map(Metric::exported)).doesNotHaveDuplicates();
    for (Metric metric : Metric.all()) {
      boolean histogram = metric.kind() == MetricKind.TIMER || metric.kind() == MetricKind.SUMMARY;
      assertThat(metric.buckets().length > 0).as(metric.id()).isEqualTo(histogram);
      assertThat(metric.buckets()).as(metric.id()).isSorted();
    }
  }
}
