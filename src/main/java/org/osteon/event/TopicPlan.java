package org.osteon.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.osteon.config.Settings;

/**
 * The topics of the contract as the configuration wants them.
 *
 * @param name the topic
 * @param schema schema of its values
 * @param config settings of the topic that matter here
 */
public record TopicPlan(String name, Schema schema, Map<String, String> config) {
  static final String MAX_MESSAGE_BYTES = "max.message.bytes";
  static final String CLEANUP_POLICY = "cleanup.policy";

  /** All six. */
  public static List<TopicPlan> all(Settings settings) {
    int event = RecordSizes.event(settings.imageMaxBytes());
    int deadLetter = RecordSizes.deadLetter(settings.imageMaxBytes());
    return List.of(
        of(settings.eventsTopic(), new XRayEvent(), event, false),
        of(settings.resultsTopic(), new ClassificationResult(), 0, false),
        of(settings.studiesTopic(), new StudyAssessment(), 0, true),
        of(settings.alertsTopic(), new Alert(), 0, false),
        of(settings.deadLettersTopic(), new DeadLetter(), deadLetter, false),
        of(settings.modelsTopic(), new ModelDeployment(), 0, true));
  }

  private static TopicPlan of(
      String name,
      org.apache.avro.specific.SpecificRecord record,
      int maxMessageBytes,
      boolean compacted) {
    Map<String, String> config = new TreeMap<>();
    config.put(CLEANUP_POLICY, compacted ? "compact" : "delete");
    if (maxMessageBytes > 0) {
      config.put(MAX_MESSAGE_BYTES, Integer.toString(maxMessageBytes));
    }
    return new TopicPlan(name, Serdes.registered(record), config);
  }
}
