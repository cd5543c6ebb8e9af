package org.osteon.event;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.osteon.config.Settings;
import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;

/**
 * What one topic of the contract must be.
 *
 * @param name its name
 * @param schema of its values, without Java's own properties
 * @param compacted whether the last record of each key is kept forever
 * @param maxMessageBytes the least {@code max.message.bytes} it needs, 0 where Kafka's default does
 * @param retention how long a topic that is created keeps its records; zero for as long as the
 *     brokers' default
 * @param writer who writes to it
 */
public record TopicPlan(
    String name,
    Schema schema,
    boolean compacted,
    int maxMessageBytes,
    Duration retention,
    Writer writer) {

  /** Truths are months late, and figures are made anew from them. */
  private static final Duration TRUTHS_KEPT = Duration.ofDays(400);

  /** As long as what was done to them. */
  private static final Duration AUDIT_KEPT = TRUTHS_KEPT;

  /** As long as {@code orders.keep.hours} may be. */
  private static final Duration ORDERS_KEPT = Duration.ofDays(30);

  private static final Set<Writer> ABOUT_THE_SERVICE =
      EnumSet.of(Writer.PUBLISHER, Writer.SERVICE, Writer.OPERATOR);

  /**
   * Partitions of a topic that is created, unless someone says otherwise: what a replica's share
   * and the autoscaler's steps are reckoned from, in the manifests as well.
   */
  public static final int PARTITIONS = 24;

  /** Who writes to a topic. */
  public enum Writer {
    /** Integration engines. */
    PUBLISHER,
    /** The service. */
    SERVICE,
    /** The operator, who deploys models. */
    OPERATOR,
    /** The site's gateway. */
    GATEWAY,
    /** What brings results back. */
    DELIVERER,
    /** A reader, who says what was found in the end. */
    READER,
    /** What adds up what people found. */
    PERFORMANCE,
    /** The page by which people act. */
    CONSOLE,
    /** What passes on what was ordered. */
    ORDERS
  }

  /** All topics of the contract under the names of the settings. */
  public static List<TopicPlan> all(Settings settings) {
    RecordSizes sizes = RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES));
    return List.of(
        of(
            settings.get(TopicKeys.EVENTS),
            XRayEvent.SCHEMA$,
            false,
            sizes.event(),
            Writer.PUBLISHER),
        of(settings.get(TopicKeys.RESULTS), ClassificationResult.SCHEMA$, false, 0, Writer.SERVICE),
        of(settings.get(TopicKeys.STUDIES), StudyAssessment.SCHEMA$, true, 0, Writer.SERVICE),
        of(settings.get(TopicKeys.ALERTS), Alert.SCHEMA$, false, 0, Writer.SERVICE),
        of(
            settings.get(TopicKeys.DEAD_LETTERS),
            DeadLetter.SCHEMA$,
            false,
            sizes.deadLetter(),
            Writer.SERVICE),
        of(settings.get(TopicKeys.MODELS), ModelDeployment.SCHEMA$, true, 0, Writer.OPERATOR),
        of(settings.get(TopicKeys.IDENTITIES), Identity.SCHEMA$, true, 0, Writer.GATEWAY),
        of(settings.get(TopicKeys.UNDELIVERED), Undelivered.SCHEMA$, false, 0, Writer.DELIVERER),
        new TopicPlan(
            settings.get(TopicKeys.TRUTHS),
            WireSchema.of(Truth.SCHEMA$),
            false,
            0,
            TRUTHS_KEPT,
            Writer.READER),
        of(settings.get(TopicKeys.PERFORMANCE), Performance.SCHEMA$, true, 0, Writer.PERFORMANCE),
        new TopicPlan(
            settings.get(TopicKeys.AUDIT),
            WireSchema.of(AuditEntry.SCHEMA$),
            false,
            0,
            AUDIT_KEPT,
            Writer.CONSOLE),
        new TopicPlan(
            settings.get(TopicKeys.ORDERS),
            WireSchema.of(ImagingOrder.SCHEMA$),
            false,
            0,
            ORDERS_KEPT,
            Writer.ORDERS));
  }

  /** Those that the service reads or writes; without the others it does its work. */
  public static List<TopicPlan> ofTheService(Settings settings) {
    return all(settings).stream()
        .filter(
            plan ->
                ABOUT_THE_SERVICE.contains(plan.writer())
                    || (plan.writer() == Writer.ORDERS && joinsOrders(settings)))
        .toList();
  }

  /** Names of the topics that the service writes. */
  public static List<String> writtenByTheService(Settings settings) {
    return all(settings).stream()
        .filter(plan -> plan.writer() == Writer.SERVICE)
        .map(TopicPlan::name)
        .toList();
  }

  /** Whether orders are joined to images. */
  public static boolean joinsOrders(Settings settings) {
    return !settings.get(EventKeys.ORDERS_KEEP_HOURS).isZero();
  }

  private static TopicPlan of(
      String name, Schema generated, boolean compacted, int maxMessageBytes, Writer writer) {
    return new TopicPlan(
        name, WireSchema.of(generated), compacted, maxMessageBytes, Duration.ZERO, writer);
  }

  /** TopicNameStrategy's subject of the values. */
  public String subject() {
    return name + "-value";
  }

  /** The topic's settings that differ from Kafka's defaults. */
  public Map<String, String> configs() {
    Map<String, String> configs = new TreeMap<>();
    if (compacted) {
      configs.put("cleanup.policy", "compact");
    }
    if (maxMessageBytes > 0) {
      configs.put("max.message.bytes", Integer.toString(maxMessageBytes));
    }
    if (!retention.isZero()) {
      configs.put("retention.ms", Long.toString(retention.toMillis()));
    }
    return configs;
  }
}
