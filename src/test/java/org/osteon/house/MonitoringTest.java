package org.osteon.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.deliver.DeliverMetric;
import org.osteon.metrics.GatewayMetric;
import org.osteon.metrics.ListenerMetric;
import org.osteon.metrics.Metric;
import org.osteon.metrics.PerformanceMetric;
import org.osteon.testing.Program;

/** Alert rules, dashboard and runbook, against each other and against the metrics. */
class MonitoringTest {
  private static final String RULES = "alerts.yaml";
  private static final List<String> TESTS = List.of("alerts_test.yaml", "alerts_day_test.yaml");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
  private static final Pattern EACH_TEST = Pattern.compile("(?m)^(?=  - name: )");

  @Test
  void prometheusTakesTheRulesAndEachFiresWhenItShouldAndNotElse() throws Exception {
    assumeTrue(
        Program.exists("promtool"), "There is no promtool: install Debian's package prometheus.");
    Path folder = Monitoring.folder();
    Program.Ended checked = Program.run(folder, List.of("promtool", "check", "rules", RULES));
    assertThat(checked.status()).as(checked.said()).isZero();
    for (String tests : TESTS) {
      Program.Ended tested = Program.run(folder, List.of("promtool", "test", "rules", tests));
      assertThat(tested.status()).as(tested.said()).isZero();
    }
  }

  @Test
  void aRuleThatIsWrongIsCaught(@TempDir Path folder) throws Exception {
    assumeTrue(
        Program.exists("promtool"), "There is no promtool: install Debian's package prometheus.");
    String rules = Files.readString(Monitoring.folder().resolve(RULES));
    String tests = Files.readString(Monitoring.folder().resolve(TESTS.get(0)));
    // Of all tests those of one alert, so that it takes a second.
    Files.writeString(
        folder.resolve("one_test.yaml"),
        EACH_TEST
            .splitAsStream(tests)
            .filter(each -> !each.startsWith("  - name:") || each.contains("OsteonImagesWait"))
            .collect(Collectors.joining()));
    List<String> run = List.of("promtool", "test", "rules", "one_test.yaml");
    Files.writeString(folder.resolve(RULES), rules);
    Program.Ended right = Program.run(folder, run);
    assertThat(right.status()).as(right.said()).isZero();
    Files.writeString(
        folder.resolve(RULES),
        rules.replace("osteon_oldest_image_age_seconds) > 60", "osteon_ready) > 60"));
    assertThat(Program.run(folder, run).status()).isNotZero();
  }

  @Test
  void eachAlertIsTestedBothWaysAndHasItsRunbook() throws Exception {
    StringBuilder tests = new StringBuilder();
    for (String file : TESTS) {
      tests.append(Files.readString(Monitoring.folder().resolve(file)));
    }
    Path page = Monitoring.folder().resolve("../../docs/runbook.md").normalize();
    List<String> headings =
        Files.readAllLines(page).stream().filter(line -> line.startsWith("#")).toList();
    Set<String> alerts = alerts();
    assertThat(alerts).hasSizeGreaterThan(8);
    for (String alert : alerts) {
      assertThat(tests).contains("name: " + alert + " fires", "name: " + alert + " stays quiet");
      assertThat(headings).as("runbook").contains("### " + alert);
      assertThat(Files.readString(Monitoring.folder().resolve(RULES)))
          .contains("runbook: docs/runbook.md#" + alert.toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void theDashboardShowsEveryMetricOfOurs() throws Exception {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Files.readString(Monitoring.folder().resolve("dashboard.json")));
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).as("a panel's own id").isTrue();
      assertThat(panel.get("targets")).as(panel.get("title").asText()).isNotEmpty();
    }
    Set<String> shown = Monitoring.namesIn("dashboard.json");
    for (Metric metric : Metric.all()) {
      assertThat(metric.samples()).as(metric.exported()).anyMatch(shown::contains);
    }
  }

  @Test
  void whatLooksLikeOursIsOurs() throws Exception {
    Set<String> own = new TreeSet<>();
    Metric.all().stream().forEach(metric -> own.addAll(metric.samples()));
    Arrays.stream(DeliverMetric.values()).forEach(metric -> own.add(metric.exported()));
    Arrays.stream(GatewayMetric.values())
        .forEach(metric -> own.addAll(List.of(metric.exported(), metric.exported() + "_bucket")));
    Arrays.stream(ListenerMetric.values()).forEach(metric -> own.add(metric.exported()));
    Arrays.stream(PerformanceMetric.values()).forEach(metric -> own.add(metric.exported()));
    Set<String> named = new TreeSet<>(Monitoring.namesIn("dashboard.json", RULES));
    named.removeIf(name -> !name.startsWith("osteon_"));
    assertThat(named).isNotEmpty().isSubsetOf(own);
  }

  private static Set<String> alerts() throws Exception {
    Set<String> alerts = new TreeSet<>();
    Matcher matcher = ALERT.matcher(Files.readString(Monitoring.folder().resolve(RULES)));
    while (matcher.find()) {
      alerts.add(matcher.group(1));
    }
    return alerts;
  }
}
