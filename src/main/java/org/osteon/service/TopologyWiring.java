package org.osteon.service;

import java.time.Clock;
import java.util.Set;
import org.apache.kafka.streams.Topology;
import org.osteon.config.Settings;
import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.FindingKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReader;
import org.osteon.event.ImagingOrder;
import org.osteon.event.RecordSizes;
import org.osteon.event.TopicPlan;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.topology.ClassifyTopology;
import org.osteon.topology.StreamsPlan;
import org.osteon.topology.classify.EventBounds;
import org.osteon.topology.classify.ModalityPolicy;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.Triage;
import org.osteon.topology.order.OrderSettings;
import org.osteon.topology.owner.OwnerLog;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.study.StudySettings;

/** The topology as the settings say. */
record TopologyWiring(Settings settings, StreamsPlan plan, EventSerdes serdes, OwnerLog owners) {
  /**
   * @param models that answer
   * @param reader of events
   * @param orders reader of orders
   * @param metrics told of each record
   */
  Topology topology(
      ActiveModels models,
      EventReader reader,
      RegistryRecordReader<ImagingOrder> orders,
      TopologyListener metrics,
      Hooks hooks) {
    return new ClassifyTopology(
            names(),
            new ClassifyTopology.Writers(
                serdes.results().serializer(),
                serdes.deadLetters().serializer(),
                serdes.studies().serializer(),
                serdes.alerts().serializer()),
            rules(orders),
            new ClassifyTopology.Observers(
                TopologyListener.all(metrics, new EventLog(), hooks.topology()),
                Telemetry.traces(System.getenv()),
                owners),
            hooks.barriers(),
            Clock.systemUTC())
        .build(models, reader);
  }

  private ClassifyTopology.Names names() {
    return new ClassifyTopology.Names(
        settings.get(TopicKeys.EVENTS),
        settings.get(TopicKeys.RESULTS),
        settings.get(TopicKeys.DEAD_LETTERS),
        settings.get(TopicKeys.STUDIES),
        settings.get(TopicKeys.ALERTS),
        settings.get(KafkaKeys.APPLICATION_ID),
        RecordSizes.forImagesOf(settings.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter());
  }

  private ClassifyTopology.Rules rules(RegistryRecordReader<ImagingOrder> orders) {
    return new ClassifyTopology.Rules(
        new EventBounds(
            settings.get(EventKeys.EVENT_TEXT_MAX_LENGTH),
            settings.get(EventKeys.EVENT_ATTRIBUTES_MAX_BYTES),
            settings.get(EventKeys.EVENT_HEADERS_MAX_BYTES)),
        plan.classifySettings(),
        new ModalityPolicy(
            Set.copyOf(settings.get(ImageKeys.MODALITIES)),
            settings.get(ImageKeys.MODALITIES_OTHERS)),
        new DeduplicationSettings(
            settings.get(EventKeys.DUPLICATES_WINDOW_MINUTES),
            settings.get(EventKeys.DUPLICATES_ANSWER),
            settings.exactlyOnce()),
        new StudySettings(
            settings.exactlyOnce(),
            settings.get(FindingKeys.STUDIES_MAX_IMAGES),
            settings.get(FindingKeys.STUDIES_RETENTION_HOURS),
            settings.get(FindingKeys.STUDIES_SETTLE_SECONDS),
            TopicPlan.joinsOrders(settings)),
        new Triage(
            settings.get(FindingKeys.ALERTS_REVIEW_PROBABILITY),
            settings.get(FindingKeys.ALERTS_URGENT_PROBABILITY),
            settings.get(FindingKeys.ALERTS_CRITICAL_PROBABILITY)),
        TopicPlan.joinsOrders(settings)
            ? new OrderSettings(
                settings.get(TopicKeys.ORDERS), orders, settings.get(EventKeys.ORDERS_KEEP_HOURS))
            : null);
  }
}
