package org.osteon.bench;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.osteon.batch.BatchPredictor;
import org.osteon.config.Settings;
import org.osteon.event.EventSerdes;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.model.DjlModel;

/**
 * What a Kafka Streams developer writes: {@code mapValues} that calls the model for each record, on
 * as many stream threads as there are CPUs. It is given our decoder and the same weights, so what
 * differs is the batching.
 */
final class PlainStreams implements AutoCloseable {
  private final KafkaStreams streams;

  PlainStreams(
      Settings settings,
      EventSerdes serdes,
      DjlModel model,
      ImageDecoder decoder,
      RateMeter meter,
      Path stateDir) {
    StreamsBuilder builder = new StreamsBuilder();
    ThreadLocal<BatchPredictor> predictors = ThreadLocal.withInitial(() -> model.predictor(1));
    ThreadLocal<ByteBuffer> planes =
        ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(model.inputSpec().planeBytes()));
    builder.stream(settings.eventsTopic(), Consumed.with(Serdes.String(), serdes.events()))
        .mapValues(
            event -> {
              float[] logits = classify(event, decoder, model, planes.get(), predictors.get());
              meter.count();
              return java.util.Arrays.toString(logits);
            })
        .to(settings.resultsTopic(), Produced.with(Serdes.String(), Serdes.String()));
    Properties properties = new Properties();
    properties.putAll(settings.kafkaClient());
    properties.put("application.id", settings.applicationId() + "-plain");
    properties.put("auto.offset.reset", "earliest");
    properties.put("num.stream.threads", Runtime.getRuntime().availableProcessors());
    properties.put("state.dir", stateDir.toString());
    streams = new KafkaStreams(builder.build(), properties);
  }

  void start() {
    streams.start();
  }

  @Override
  public void close() {
    streams.close();
    streams.cleanUp();
  }

  private static float[] classify(
      XRayEvent event,
      ImageDecoder decoder,
      DjlModel model,
      ByteBuffer plane,
      BatchPredictor predictor) {
    ByteBuffer data = ((InlineImage) event.getImage()).getData();
    byte[] image = new byte[data.remaining()];
    data.duplicate().get(image);
    if (decoder.decode(image, model.inputSpec()) instanceof Decoding.Decoded decoded) {
      try (decoded) {
        decoded.writeTo(plane.clear(), model.inputSpec());
      }
      return predictor.predict(plane.clear(), 1)[0];
    }
    throw new IllegalStateException("A benchmark image cannot be read.");
  }
}
