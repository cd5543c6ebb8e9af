package org.osteon.demo;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.event.DicomUid;
import org.osteon.event.EventSerdes;
import org.osteon.event.InlineImage;
import org.osteon.event.Priority;
import org.osteon.event.RecordSizes;
import org.osteon.event.XRayEvent;

/**
 * Publishes samples as a hospital's integration engine would: two views a study, keyed by study.
 *
 * <p><b>Threading.</b> One thread publishes; a failed send is noticed by the next call.
 */
final class SamplePublisher implements AutoCloseable {
  private static final int VIEWS = 2;

  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final KafkaProducer<String, XRayEvent> producer;
  private final String topic;
  private final String run;

  /**
   * @param run names this run, so that two runs have no event in common
   */
  SamplePublisher(Settings settings, EventSerdes serdes, String run) {
    int largest = RecordSizes.forImagesOf(settings.imageMaxBytes()).event();
    Map<String, Object> config = new TreeMap<>(settings.kafkaClient());
    config.put("acks", "all");
    config.put("enable.idempotence", "true");
    config.put("linger.ms", "5");
    config.put("max.request.size", largest);
    this.producer =
        new KafkaProducer<>(config, new StringSerializer(), serdes.events().serializer());
    this.topic = settings.eventsTopic();
    this.run = run;
  }

  /** Publishes one sample and returns its event id. */
  String publish(int n, SampleImages.Sample sample) {
    String id = run + "-" + n;
    String study = DicomUid.of(run + "/" + n / VIEWS);
    XRayEvent event =
        XRayEvent.newBuilder()
            .setEventId(id)
            .setStudyInstanceUid(study)
            .setBodyPart(sample.bodyPart())
            .setViewPosition(n % VIEWS == 0 ? "AP" : "LL")
            .setFacility("demo")
            .setPriority(n % 50 == 49 ? Priority.STAT : Priority.ROUTINE)
            .setPublishedAt(Instant.now())
            .setContentType(sample.contentType())
            .setImage(new InlineImage(ByteBuffer.wrap(sample.bytes())))
            .build();
    producer.send(
        new ProducerRecord<>(topic, study, event),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
    check();
    return id;
  }

  /** Waits until every event is with the broker. */
  void flush() {
    producer.flush();
    check();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void check() {
    Exception exception = failure.get();
    if (exception != null) {
      throw new IllegalStateException("An event could not be published.", exception);
    }
  }
}
