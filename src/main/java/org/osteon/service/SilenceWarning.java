package org.osteon.service;

import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.FindingKeys;
import org.osteon.config.value.Setting;
import org.osteon.config.value.Thresholds;
import org.osteon.event.Label;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A version without thresholds raises nothing: better said at start than found out at night. */
final class SilenceWarning {
  private static final Logger LOG = LoggerFactory.getLogger(SilenceWarning.class);

  private SilenceWarning() {}

  /** Logs what the version lacks, and a line for each kind of alert that will never be raised. */
  static void of(ModelVersion version, Settings settings) {
    ModelManifest.Decision own = version.manifest().decision();
    String label = version.label();
    if (!own.isComplete()) {
      LOG.warn(
          "{} names no doubtProbability and no definiteProbability in model.json: {} and {} are derived from minConfidence and urgentProbability; train it again to have them chosen",
          label,
          own.doubt(),
          own.definite());
    }
    if (!version.manifest().classes().contains(Label.BEYOND_REPAIR.name())) {
      LOG.warn("{} knows no BEYOND_REPAIR: no CRITICAL alert will ever be raised", label);
    } else {
      of(
          label,
          FindingKeys.ALERTS_CRITICAL_PROBABILITY,
          own.criticalProbability(),
          settings.get(FindingKeys.ALERTS_CRITICAL_PROBABILITY));
    }
    of(
        label,
        FindingKeys.ALERTS_REVIEW_PROBABILITY,
        own.doubt(),
        settings.get(FindingKeys.ALERTS_REVIEW_PROBABILITY));
    of(
        label,
        FindingKeys.ALERTS_URGENT_PROBABILITY,
        own.definite(),
        settings.get(FindingKeys.ALERTS_URGENT_PROBABILITY));
  }

  private static void of(
      String label, Setting setting, @Nullable Double own, Thresholds configured) {
    if ((own == null || own >= 1) && !configured.speaks()) {
      LOG.warn(
          "{} names no threshold of its own and {} gives none: no such alert will be raised",
          label,
          setting.key());
    }
  }
}
