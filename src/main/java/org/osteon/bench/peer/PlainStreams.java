package org.osteon.bench.peer;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.InlineImage;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.image.InputSpec;
import org.osteon.model.ModelVersion;

/**
 * What a Kafka Streams developer writes: {@code mapValues} that calls a DJL predictor for each
 * record, with DJL's own image classes and the graph of the same version.
 */
public final class PlainStreams implements AutoCloseable {
  /**
   * @param precision a variant of the version
   */
  public record Graph(ModelVersion version, String precision) {}

  private final KafkaStreams streams;
  private final Model model;

  /**
   * @param graph the one that the service runs
   * @param threads stream threads
   * @param stateDir for Kafka Streams
   */
  public PlainStreams(
      Settings settings,
      EventSerdes serdes,
      Graph graph,
      int threads,
      RateMeter meter,
      Path stateDir) {
    ModelVersion version = graph.version;
    model = Model.newInstance(version.manifest().name(), "PyTorch");
    try {
      model.load(version.folder(), version.variant(graph.precision).getFileName().toString());
    } catch (IOException | MalformedModelException e) {
      throw new IllegalStateException("The model does not load.", e);
    }
    InputSpec spec = version.manifest().inputSpec();
    ThreadLocal<Predictor<Image, float[]>> predictors =
        ThreadLocal.withInitial(() -> model.newPredictor(new Pictures(spec)));
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(settings.get(TopicKeys.EVENTS), Consumed.with(Serdes.String(), serdes.events()))
        .mapValues(
            event -> {
              float[] logits = classify(event, predictors.get());
              meter.count();
              return Arrays.toString(logits);
            })
        .to(settings.get(TopicKeys.RESULTS), Produced.with(Serdes.String(), Serdes.String()));
    Properties properties = new Properties();
    properties.putAll(settings.kafkaClient());
    properties.put("application.id", settings.get(KafkaKeys.APPLICATION_ID) + "-plain");
    properties.put("auto.offset.reset", "earliest");
    properties.put("num.stream.threads", threads);
    properties.put("state.dir", stateDir.toString());
    streams = new KafkaStreams(builder.build(), properties);
  }

  public void start() {
    streams.start();
  }

  @Override
  public void close() {
    streams.close();
    streams.cleanUp();
    model.close();
  }

  private static float[] classify(XRayEvent event, Predictor<Image, float[]> predictor) {
    ByteBuffer data = ((InlineImage) event.getImage()).getData();
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    try {
      Image image = ImageFactory.getInstance().fromInputStream(new ByteArrayInputStream(bytes));
      return predictor.predict(image);
    } catch (IOException | TranslateException e) {
      throw new IllegalStateException("A benchmark image was not classified.", e);
    }
  }

  /** A picture to the grey plane that the graph takes. */
  private record Pictures(InputSpec spec) implements Translator<Image, float[]> {
    @Override
    public NDList processInput(TranslatorContext context, Image image) {
      NDArray grey = image.toNDArray(context.getNDManager(), Image.Flag.GRAYSCALE);
      NDArray resized = NDImageUtils.resize(grey, spec.width(), spec.height());
      return new NDList(resized.transpose(2, 0, 1).toType(DataType.UINT8, false));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList list) {
      return list.get(0).toFloatArray();
    }
  }
}
