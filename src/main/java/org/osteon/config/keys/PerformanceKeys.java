package org.osteon.config.keys;

import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** What a version is worth here: how truths meet results, and when a share counts as fallen. */
public final class PerformanceKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<String> APPLICATION_ID =
      KEYS.add(
          new Setting<>(
              "performance.application.id",
              "osteon-performance",
              ValueTypes.name(),
              "The consumer group of `osteon performance` and the prefix of its internal topics; the same in all replicas.",
              "A new id counts anew from what the topics still hold."));

  public static final Setting<Duration> HORIZON_DAYS =
      KEYS.add(
          new Setting<>(
              "performance.horizon.days",
              "90",
              ValueTypes.days(1, 400),
              "Days for which a study waits for what is said of it, from its latest image on; what comes later counts for nothing.",
              "Each study that waits costs about a kilobyte of disk; short ones leave out what only follow-up shows."));

  public static final Setting<Duration> KEEP_DAYS =
      KEYS.add(
          new Setting<>(
              "performance.keep.days",
              "400",
              ValueTypes.days(31, 3_660),
              "Days whose figures are kept, and looked at by the tests; then they are deleted from topics.performance.",
              "Below performance.horizon.days, what is said late brings a deleted day back with that case alone."));

  public static final Setting<Duration> PUBLISH_SECONDS =
      KEYS.add(
          new Setting<>(
              "performance.publish.seconds",
              "30",
              ValueTypes.seconds(1, 3_600),
              "How often figures that changed are published, in seconds.",
              "Each time the tests of these groups are walked from the first day on."));

  public static final Setting<String> SCANNER_ATTRIBUTE =
      KEYS.add(
          new Setting<>(
              "performance.scanner.attribute",
              null,
              ValueTypes.text("[A-Za-z0-9._-]{1,64}", "the name of an attribute of events"),
              "The attribute of events that says which scanner made the image; without it figures are not told apart by scanner.",
              "One that differs with each image makes a group of each."));

  public static final Setting<Double> SENSITIVITY =
      KEYS.add(
          new Setting<>(
              "performance.sensitivity",
              "0.90",
              ValueTypes.share(),
              "Share of abnormal studies with a finding of DOUBT or more while all is well; what the card says, or the first months here.",
              "Above what the version really has, the alarm is there from the first week."));

  public static final Setting<Double> SENSITIVITY_FALLEN =
      KEYS.add(
          new Setting<>(
              "performance.sensitivity.fallen",
              "0.75",
              ValueTypes.share(),
              "The sensitivity that is to be noticed soonest.",
              "Near to performance.sensitivity, small falls are seen and everything is seen later."));

  public static final Setting<Double> SPECIFICITY =
      KEYS.add(
          new Setting<>(
              "performance.specificity",
              "0.95",
              ValueTypes.share(),
              "Share of healthy studies with less than DEFINITE while all is well; training chooses that threshold for 0.95.",
              "The same."));

  public static final Setting<Double> SPECIFICITY_FALLEN =
      KEYS.add(
          new Setting<>(
              "performance.specificity.fallen",
              "0.85",
              ValueTypes.share(),
              "The specificity that is to be noticed soonest.",
              "The same."));

  public static final Setting<Long> FALSE_ALARM_CASES =
      KEYS.add(
          new Setting<>(
              "performance.false.alarm.cases",
              "50000",
              ValueTypes.wholeLong(100, 10_000_000),
              "Abnormal (of specificity healthy) studies with a truth between two false alarms of one group's test, on average.",
              "Ten times fewer show a fall a quarter sooner, and cry wolf nearly ten times as often; docs/performance-monitoring.md has the table."));

  public static final Setting<Long> MEMORY_MB =
      KEYS.add(
          new Setting<>(
              "performance.memory.mb",
              "128",
              ValueTypes.mebibytes(16, 65_536),
              "Memory beside the heap for the stores of `osteon performance`, in MiB; what does not fit is read from disk.",
              "Small ones make joining slow once the studies of performance.horizon.days outgrow them."));

  private PerformanceKeys() {}
}
