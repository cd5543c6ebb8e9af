package org.osteon.metrics;

import static org.osteon.metrics.MetricDefinition.of;
import static org.osteon.metrics.MetricLabel.CHANGE;
import static org.osteon.metrics.MetricLabel.DECISION;
import static org.osteon.metrics.MetricLabel.DEVICE;
import static org.osteon.metrics.MetricLabel.FACILITY;
import static org.osteon.metrics.MetricLabel.FATE;
import static org.osteon.metrics.MetricLabel.FEATURE;
import static org.osteon.metrics.MetricLabel.LABEL;
import static org.osteon.metrics.MetricLabel.NAME;
import static org.osteon.metrics.MetricLabel.OUTCOME;
import static org.osteon.metrics.MetricLabel.PRECISION;
import static org.osteon.metrics.MetricLabel.SHA256;
import static org.osteon.metrics.MetricLabel.SHADOW_DECISION;
import static org.osteon.metrics.MetricLabel.SHADOW_LABEL;
import static org.osteon.metrics.MetricLabel.SHADOW_VERSION;
import static org.osteon.metrics.MetricLabel.VERSION;

/** Of the versions that answer, or are tried beside them, and of what they are shown. */
public enum ModelMetric implements Metric {
  CONFIDENCE(
      of(
          MetricKind.SUMMARY,
          "confidence",
          "ratio",
          "The calibrated probability of the label of each result.",
          Buckets.SHARES)),
  MODEL(
      of(
          MetricKind.GAUGE,
          "model",
          "",
          "1 for the version that answers.",
          NAME,
          VERSION,
          SHA256,
          PRECISION,
          DEVICE)),
  MODEL_SWITCHES(
      of(
          MetricKind.COUNTER,
          "model.switches",
          "",
          "Versions that were deployed while it ran: switched to, or refused.",
          OUTCOME)),
  SHADOW_MODEL(
      of(
          MetricKind.GAUGE,
          "shadow.model",
          "",
          "1 for the version that runs as the shadow; absent where none does.",
          NAME,
          VERSION,
          SHA256)),
  SHADOW_CHANGES(
      of(
          MetricKind.COUNTER,
          "shadow.changes",
          "",
          "Versions deployed as SHADOW: begun with, refused, or given up because they hung, crashed or failed on everything.",
          CHANGE)),
  SHADOW_IMAGES(
      of(
          MetricKind.COUNTER,
          "shadow.images",
          "",
          "Images of the shadow's share: compared, dropped because the shadow was behind or the device busy, or failed by the shadow.",
          FATE)),
  SHADOW_LABELS(
      of(
          MetricKind.COUNTER,
          "shadow.labels",
          "",
          "Images that both versions answered, by what each said. The pairs of equal labels over all is the agreement. It begins anew when either version changes, as all that follow.",
          VERSION,
          SHADOW_VERSION,
          LABEL,
          SHADOW_LABEL)),
  SHADOW_DECISIONS(
      of(
          MetricKind.COUNTER,
          "shadow.decisions",
          "",
          "The same, by what each decided.",
          VERSION,
          SHADOW_VERSION,
          DECISION,
          SHADOW_DECISION)),
  SHADOW_CONFIDENCE(
      of(
          MetricKind.SUMMARY,
          "shadow.confidence",
          "ratio",
          "Confidence of the shadow version on the images compared.",
          Buckets.SHARES,
          VERSION,
          SHADOW_VERSION)),
  SHADOW_ACTIVE_CONFIDENCE(
      of(
          MetricKind.SUMMARY,
          "shadow.active.confidence",
          "ratio",
          "Confidence of the active version on the same images; the difference of the means is the drift.",
          Buckets.SHARES,
          VERSION,
          SHADOW_VERSION)),
  SHADOW_ABNORMAL_CHANGE(
      of(
          MetricKind.SUMMARY,
          "shadow.abnormal.change",
          "ratio",
          "How far the two versions' probabilities of anything but healthy lie apart.",
          Buckets.CHANGES,
          VERSION,
          SHADOW_VERSION)),
  CANARY_MODEL(
      of(
          MetricKind.GAUGE,
          "canary.model",
          "",
          "Share of the studies that a version on trial answers here; absent where none does.",
          NAME,
          VERSION,
          SHA256)),
  CANARY_CHANGES(
      of(
          MetricKind.COUNTER,
          "canary.changes",
          "",
          "Versions deployed as CANARY: begun with, refused (the active one answers everything), and withdrawn or promoted by this replica.",
          CHANGE)),
  CANARY_IMAGES(
      of(
          MetricKind.COUNTER,
          "canary.images",
          "",
          "Images of the canary's studies: answered by it, failed or held for too long (answered by the active version), or not asked of it because it had no room or is on trial no longer.",
          FATE)),
  INPUT_DRIFT(
      of(
          MetricKind.GAUGE,
          "input.drift",
          "",
          "How far the last images (drift.window) lie from what the running version was made from: the population stability index of a feature. Below 0.1 the same, above 0.25 another population. NaN until a quarter of the window is there, and for a version without a reference.",
          FEATURE)),
  INPUT_DRIFT_IMAGES(
      of(
          MetricKind.GAUGE,
          "input.drift.images",
          "",
          "Images that it was worked out from.",
          FEATURE)),
  FACILITY_DRIFT(
      of(
          MetricKind.GAUGE,
          "input.drift.by.facility",
          "",
          "The same index of one facility's last images (drift.window) on this replica.",
          FEATURE,
          FACILITY)),
  FACILITY_DRIFT_IMAGES(
      of(
          MetricKind.GAUGE,
          "input.drift.by.facility.images",
          "",
          "Images that it was worked out from.",
          FEATURE,
          FACILITY));

  private final MetricDefinition definition;

  ModelMetric(MetricDefinition definition) {
    this.definition = definition;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }
}
