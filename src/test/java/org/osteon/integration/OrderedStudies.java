package org.osteon.integration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.Setting;
import org.osteon.event.ClassificationResult;
import org.osteon.event.InlineImage;
import org.osteon.event.StudyAssessment;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/** Orders as a RIS sends them, images of what was ordered, and what came of both. */
final class OrderedStudies {
  private OrderedStudies() {}

  static String order(String id, String accession) {
    return String.join(
        "\r",
        "MSH|^~\\&|RIS|H|OSTEON|O|20261127100000+0100||ORM^O01^ORM_O01|%s|P|2.3".formatted(id),
        "PID|1||4711^^^H||OTTO^ANNA",
        "ORC|NW|P-%s|||||1^once^^^^S".formatted(id),
        "OBR|1|P-%s||XR^Wrist^L||||||||||||||%s|||||||||||||S52.5^broken^I10"
            .formatted(id, accession));
  }

  static void publish(Settings settings, String study, String accession) throws Exception {
    String topic = settings.get(TopicKeys.EVENTS);
    int drawn = Integer.parseInt(study.substring(study.lastIndexOf('.') + 1));
    XRayEvent event =
        XRayEvent.newBuilder()
            .setEventId("e-" + study)
            .setStudyInstanceUid(study)
            .setAccessionNumber(accession)
            .setFacility("ward")
            .setPublishedAt(Instant.ofEpochMilli(1_790_000_000_000L))
            .setContentType("image/jpeg")
            .setImage(
                new InlineImage(
                    ByteBuffer.wrap(SyntheticRadiographs.draw(drawn, Kind.FRACTURED).jpeg())))
            .build();
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  study.getBytes(StandardCharsets.UTF_8),
                  serdes(settings).events().serializer().serialize(topic, event)))
          .get();
    }
  }

  static List<ClassificationResult> results(Settings settings) throws InterruptedException {
    return values(settings, TopicKeys.RESULTS, EventSerdes::results);
  }

  static Map<String, StudyAssessment> verdicts(Settings settings) throws InterruptedException {
    Map<String, StudyAssessment> last = new TreeMap<>();
    values(settings, TopicKeys.STUDIES, EventSerdes::studies)
        .forEach(each -> last.put(each.getStudyInstanceUid(), each));
    return last;
  }

  static <T> List<T> values(
      Settings settings, Setting<String> topic, Function<EventSerdes, Serde<T>> serde)
      throws InterruptedException {
    Deserializer<T> deserializer = serde.apply(serdes(settings)).deserializer();
    List<T> all = new ArrayList<>();
    TopicWindow.read(
        settings,
        settings.get(topic),
        Instant.EPOCH,
        found -> all.add(deserializer.deserialize(settings.get(topic), found.value())));
    return all;
  }

  static EventSerdes serdes(Settings settings) {
    return new EventSerdes(Registry.connect(settings), settings);
  }
}
