package org.osteon.config.keys;

import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.Thresholds;
import org.osteon.config.value.ValueTypes;

/** From which probability on something is found, and how images make a study. */
public final class FindingKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Thresholds> ALERTS_REVIEW_PROBABILITY =
      KEYS.add(
          new Setting<>(
              "alerts.review.probability",
              "model",
              ValueTypes.thresholds(),
              "From this probability of anything but healthy on the finding is DOUBT, the result is referred and a REVIEW alert is raised; model takes the version's own.",
              "A high one hides what is wrong, a low one fills the review list with healthy bones."));

  public static final Setting<Thresholds> ALERTS_URGENT_PROBABILITY =
      KEYS.add(
          new Setting<>(
              "alerts.urgent.probability",
              "model",
              ValueTypes.thresholds(),
              "From this probability of anything but healthy on the finding is DEFINITE and an URGENT alert is raised; model takes the version's own.",
              "A version without thresholds of its own raises nothing until one is given here; a low one tires those who are paged."));

  public static final Setting<Thresholds> ALERTS_CRITICAL_PROBABILITY =
      KEYS.add(
          new Setting<>(
              "alerts.critical.probability",
              "model",
              ValueTypes.thresholds(),
              "From this probability of beyond repair on the finding is CRITICAL and a CRITICAL alert is raised; model takes the version's own.",
              "The same; replicas that differ in it say different things of the same image."));

  public static final Setting<Duration> STUDIES_RETENTION_HOURS =
      KEYS.add(
          new Setting<>(
              "studies.retention.hours",
              "168",
              ValueTypes.hours(1, 8784),
              "Hours without a new image after which the service forgets a study.",
              "What is replayed later raises its alerts again, and a late view begins the study anew; each study costs about a kilobyte of heap."));

  public static final Setting<Duration> STUDIES_SETTLE_SECONDS =
      KEYS.add(
          new Setting<>(
              "studies.settle.seconds",
              "120",
              ValueTypes.seconds(0, 86_400),
              "Seconds without a new image after which a study's verdict is published once more, marked settled; 0 for never.",
              "Too short and consumers act before the last view; too long and they wait for nothing."));

  public static final Setting<Integer> STUDIES_MAX_IMAGES =
      KEYS.add(
          new Setting<>(
              "studies.max.images",
              "256",
              ValueTypes.whole(1, 2_000),
              "Images of a study that are counted and listed one by one.",
              "Further ones still count for its label, its decision and its alerts, but are not listed."));

  private FindingKeys() {}
}
