package org.osteon.service;

import java.time.Clock;
import org.apache.kafka.streams.Topology;
import org.osteon.config.Setting;
import org.osteon.config.Settings;
import org.osteon.event.EventReader;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.EventSerdes;
import org.osteon.topology.ClassifyTopology;
import org.osteon.topology.StreamsPlan;
import org.osteon.topology.classify.EventBounds;
import org.osteon.topology.classify.ModalityPolicy;
import org.osteon.topology.listen.TopologyListener;
import org.osteon.topology.model.ActiveModels;
import org.osteon.topology.model.Triage;
import org.osteon.topology.seen.DeduplicationSettings;
import org.osteon.topology.study.StudySettings;

/** The topology as the settings say. */
record TopologyWiring(Settings settings, StreamsPlan plan, EventSerdes serdes) {
  /**
   * @param models that answer
   * @param reader of events
   * @param metrics told of each record
   */
  Topology topology(
      ActiveModels models, EventReader reader, TopologyListener metrics, Hooks hooks) {
    return new ClassifyTopology(
            names(),
            new ClassifyTopology.Writers(
                serdes.results().serializer(),
                serdes.deadLetters().serializer(),
                serdes.studies().serializer(),
                serdes.alerts().serializer()),
            rules(),
            new ClassifyTopology.Observers(
                TopologyListener.all(metrics, new EventLog(), hooks.topology()),
                Telemetry.traces(System.getenv())),
            hooks.barriers(),
            Clock.systemUTC())
        .build(models, reader);
  }

  private ClassifyTopology.Names names() {
    return new ClassifyTopology.Names(
        settings.eventsTopic(),
        settings.resultsTopic(),
        settings.deadLettersTopic(),
        settings.studiesTopic(),
        settings.alertsTopic(),
        settings.applicationId(),
        RecordSizes.forImagesOf(settings.imageMaxBytes()).deadLetter());
  }

  private ClassifyTopology.Rules rules() {
    return new ClassifyTopology.Rules(
        new EventBounds(
            (int) settings.number(Setting.EVENT_TEXT_MAX_LENGTH),
            (int) settings.number(Setting.EVENT_ATTRIBUTES_MAX_BYTES),
            (int) settings.number(Setting.EVENT_HEADERS_MAX_BYTES)),
        plan.classifySettings(),
        new ModalityPolicy(settings.modalities(), settings.otherModalitiesAreDeadLetters()),
        new DeduplicationSettings(
            settings.duplicatesWindow(),
            settings.duplicatesAreDropped(),
            settings.duplicatesMaxEvents(),
            settings.exactlyOnce()),
        new StudySettings(
            settings.exactlyOnce(),
            settings.studiesMaxImages(),
            settings.studiesRetention(),
            settings.studiesSettle()),
        new Triage(settings.alertsReview(), settings.alertsUrgent(), settings.alertsCritical()));
  }
}
