package org.osteon.config.keys;

import java.util.Map;
import java.util.TreeMap;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** Names of topics. */
public final class TopicKeys {
  static final KeyGroup KEYS = new KeyGroup();

  private static final String NOTHING_MOVES =
      "A new name is a new, empty topic: `osteon topics` creates it, nothing is copied over.";

  public static final Setting<String> EVENTS =
      KEYS.add(
          new Setting<>(
              "topics.events",
              "xray.events",
              ValueTypes.name(),
              "Where publishers put XRayEvent.",
              NOTHING_MOVES));

  public static final Setting<String> RESULTS =
      KEYS.add(
          new Setting<>(
              "topics.results",
              "xray.results",
              ValueTypes.name(),
              "Where ClassificationResult goes, one for each event that could be classified.",
              NOTHING_MOVES));

  public static final Setting<String> STUDIES =
      KEYS.add(
          new Setting<>(
              "topics.studies",
              "xray.studies",
              ValueTypes.name(),
              "Where StudyAssessment goes, compacted by study.",
              NOTHING_MOVES));

  public static final Setting<String> ALERTS =
      KEYS.add(
          new Setting<>(
              "topics.alerts",
              "xray.alerts",
              ValueTypes.name(),
              "Where Alert goes: what someone must look at now.",
              NOTHING_MOVES));

  public static final Setting<String> DEAD_LETTERS =
      KEYS.add(
          new Setting<>(
              "topics.dead-letters",
              "xray.dead-letters",
              ValueTypes.name(),
              "Where DeadLetter goes, one for each event that could not be classified.",
              NOTHING_MOVES));

  public static final Setting<String> MODELS =
      KEYS.add(
          new Setting<>(
              "topics.models",
              "xray.models",
              ValueTypes.name(),
              "Where ModelDeployment is read from: which model version replicas should run.",
              NOTHING_MOVES));

  public static final Setting<String> IDENTITIES =
      KEYS.add(
          new Setting<>(
              "topics.identities",
              "xray.identities",
              ValueTypes.name(),
              "Where `osteon gateway` keeps whose pseudonyms are whose, sealed under identity.key.file.",
              NOTHING_MOVES));

  public static final Setting<String> UNDELIVERED =
      KEYS.add(
          new Setting<>(
              "topics.undelivered",
              "xray.undelivered",
              ValueTypes.name(),
              "Where Undelivered goes: what a target of `osteon deliver` refused for good.",
              NOTHING_MOVES));

  public static final Setting<String> TRUTHS =
      KEYS.add(
          new Setting<>(
              "topics.truths",
              "xray.truths",
              ValueTypes.name(),
              "Where Truth comes in: what a person found in the end.",
              NOTHING_MOVES));

  public static final Setting<String> PERFORMANCE =
      KEYS.add(
          new Setting<>(
              "topics.performance",
              "xray.performance",
              ValueTypes.name(),
              "Where `osteon performance` puts Performance: what a version is worth here, compacted by group and period.",
              NOTHING_MOVES));

  public static final Setting<String> AUDIT =
      KEYS.add(
          new Setting<>(
              "topics.audit",
              "xray.audit",
              ValueTypes.name(),
              "Where `osteon console` puts AuditEntry: who did what by it.",
              NOTHING_MOVES));

  public static final Setting<String> ORDERS =
      KEYS.add(
          new Setting<>(
              "topics.orders",
              "xray.orders",
              ValueTypes.name(),
              "Where ImagingOrder comes in: what was ordered, on each partition; read where orders.keep.hours is not 0.",
              NOTHING_MOVES));

  /** Every topic of a stream of its own, by key: {@code topics.events} is {@code OWN.events}. */
  public static Map<String, String> named(String own) {
    Map<String, String> values = new TreeMap<>();
    for (Setting<?> topic : KEYS.settings()) {
      values.put(topic.key(), own + "." + topic.key().substring("topics.".length()));
    }
    return values;
  }

  private TopicKeys() {}
}
