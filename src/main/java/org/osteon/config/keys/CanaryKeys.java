package org.osteon.config.keys;

import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** When a version that answers a share of the studies is withdrawn, and when it is promoted. */
public final class CanaryKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Double> SHARE =
      KEYS.add(
          new Setting<>(
              "model.canary.share",
              "0.05",
              ValueTypes.share(),
              "Share of the studies that `osteon model deploy --canary` gives a version where --share does not say; chosen by the digest of the study's UID.",
              "Each of these images is asked of both versions; a large share costs as much again."));

  public static final Setting<Duration> PATIENCE_MS =
      KEYS.add(
          new Setting<>(
              "model.canary.patience.ms",
              "2000",
              ValueTypes.millis(50, 4_000),
              "Milliseconds after the active version's answer in which the canary must have answered too; then the active one's is published.",
              "An image, and a commit, waits so long for a canary that hangs, until it is withdrawn."));

  public static final Setting<Double> MAX_FAILED =
      KEYS.add(
          new Setting<>(
              "model.canary.max.failed",
              "0.01",
              ValueTypes.rate(),
              "Share of its studies that the canary may fail on where the active version does not; clearly more, in all or of one body part, withdraws it.",
              "A study counts once, so that one odd patient is no trend."));

  public static final Setting<Double> MAX_LATE =
      KEYS.add(
          new Setting<>(
              "model.canary.max.late",
              "0.05",
              ValueTypes.rate(),
              "The same for studies with an image that it held for too long.",
              "Too small withdraws it for one pause of the machine."));

  public static final Setting<Double> MAX_DISAGREEMENT =
      KEYS.add(
          new Setting<>(
              "model.canary.max.disagreement",
              "0.1",
              ValueTypes.rate(),
              "The same for studies with an image to which it gives another label than the active version.",
              "A better version disagrees as well: raise it by what `osteon report` shows of the version as a shadow."));

  public static final Setting<Double> MAX_REFERRAL_CHANGE =
      KEYS.add(
          new Setting<>(
              "model.canary.max.referral.change",
              "0.1",
              ValueTypes.rate(),
              "How far the share of studies that it refers may lie above or below the active version's on the same images.",
              "Referring less is a fault too: it may be surer than it should."));

  public static final Setting<Double> MAX_LATENCY_RATIO =
      KEYS.add(
          new Setting<>(
              "model.canary.max.latency.ratio",
              "3",
              ValueTypes.factor(1, 1000),
              "How many times as long as the active version it may take over most images, by the model call alone.",
              "It is asked for single images; on a GPU a call of the active version counts whole, whatever its batch."));

  public static final Setting<Integer> PROMOTE_STUDIES =
      KEYS.add(
          new Setting<>(
              "model.canary.promote.studies",
              "1000",
              ValueTypes.whole(0, 10_000_000),
              "Studies, of all replicas together, after which a canary within all limits becomes the active version by itself; 0 leaves that to `osteon model promote`.",
              "Too few say little of what is rare: a body part, a maker."));

  public static final Setting<Duration> PROMOTE_HOURS =
      KEYS.add(
          new Setting<>(
              "model.canary.promote.hours",
              "24",
              ValueTypes.hours(0, 8_760),
              "Hours that it must have been deployed before.",
              "Below a day it has not seen a night and a morning."));

  private CanaryKeys() {}
}
