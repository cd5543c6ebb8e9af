package org.osteon.teaching;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.EventImage;
import org.osteon.client.EventWindow;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.digest.Sha256;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.image.ImageLimits;
import org.osteon.image.format.ImageDecoders;

/**
 * From the topics to a folder: results and truths of a period brought together, cases chosen, their
 * pictures looked up by their events.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class TeachingExport {
  /** An event lies before its result, behind a backlog by hours. */
  private static final Duration BEFORE_ITS_RESULT = Duration.ofDays(1);

  private final Settings settings;
  private final Function<String, TopicWindow.Watch> progress;
  private int unreadable;

  /**
   * What to export.
   *
   * @param from answered since
   * @param to answered before
   * @param version {@code NAME/VERSION} whose answers count; null for whichever answered last
   * @param limits how many
   * @param identities whether the manifest names studies and events as the topics do
   */
  public record Order(
      Instant from,
      Instant to,
      @Nullable String version,
      Choice.Limits limits,
      boolean identities) {}

  /**
   * What came of it.
   *
   * @param found images with a truth, by kind
   * @param exported of the chosen ones by kind, those that teach
   * @param measuring those for validation and test
   * @param withoutPicture chosen ones whose event is gone, out of reach or another image
   * @param unreadable records of results and truths that are none
   */
  public record Summary(
      Map<CaseKind, Integer> found,
      Map<CaseKind, Integer> exported,
      int measuring,
      int withoutPicture,
      int unreadable) {}

  /**
   * @param progress a watch for each step, by its words
   */
  public TeachingExport(Settings settings, Function<String, TopicWindow.Watch> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Writes the folder.
   *
   * @throws org.osteon.client.OperationFailedException the folder holds something, or a topic is
   *     not there
   * @throws org.osteon.event.KafkaFault the brokers cannot be reached
   */
  public Summary write(Path folder, Order order) throws IOException, InterruptedException {
    ImageLimits limits =
        new ImageLimits(
            settings.get(ImageKeys.IMAGE_MAX_BYTES), settings.get(ImageKeys.IMAGE_MAX_PIXELS));
    TeachingFolder into =
        new TeachingFolder(folder, ImageDecoders.standard(limits), order.identities);
    SchemaRegistryClient registry = Registry.connect(settings);
    Choice choice = Choice.of(cases(registry, order), order.limits);
    pictures(registry, order, choice, into);
    Summary summary = summary(choice, into);
    into.complete(choice.cases(), About.of(order, summary));
    return summary;
  }

  private List<TeachingCase> cases(SchemaRegistryClient registry, Order order)
      throws InterruptedException {
    EventSerdes serdes = new EventSerdes(registry, settings);
    CaseBook book = new CaseBook(order.version);
    read(
        settings.get(TopicKeys.RESULTS),
        order.from,
        serdes.results().deserializer(),
        result -> {
          Instant at = result.getProcessedAt();
          if (!at.isBefore(order.from) && at.isBefore(order.to)) {
            book.add(result);
          }
        });
    read(settings.get(TopicKeys.TRUTHS), Instant.EPOCH, serdes.truths().deserializer(), book::add);
    return book.cases();
  }

  private <T extends SpecificRecord> void read(
      String topic, Instant since, Deserializer<T> deserializer, Consumer<T> each)
      throws InterruptedException {
    TopicWindow.values(
        settings,
        topic,
        since,
        deserializer,
        each,
        offset -> unreadable++,
        progress.apply("offsets of %s read".formatted(topic)));
  }

  private void pictures(
      SchemaRegistryClient registry, Order order, Choice choice, TeachingFolder into)
      throws InterruptedException {
    Map<String, TeachingCase> wanted = new HashMap<>();
    choice.cases().forEach(each -> wanted.put(each.of().answer().event(), each.of()));
    if (wanted.isEmpty()) {
      return;
    }
    try (EventWindow events = new EventWindow(settings, registry)) {
      events.read(
          order.from.minus(BEFORE_ITS_RESULT),
          event -> {
            TeachingCase of = wanted.get(event.getEventId());
            if (of != null && take(of, event, events, into)) {
              wanted.remove(event.getEventId());
            }
          },
          progress.apply("offsets looked through for pictures"));
    }
  }

  /** An id may come again with another image: the one that was answered counts. */
  private static boolean take(
      TeachingCase of, XRayEvent event, EventWindow events, TeachingFolder into)
      throws InterruptedException {
    byte[] file = EventImage.of(event, events.fetcher());
    try {
      return file != null
          && Sha256.of(file).equals(of.answer().picture().sha256())
          && into.add(of, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Summary summary(Choice choice, TeachingFolder into) {
    Map<CaseKind, Integer> exported = new EnumMap<>(CaseKind.class);
    int measuring = 0;
    int without = 0;
    for (Choice.Chosen each : choice.cases()) {
      if (!into.has(each.of())) {
        without++;
      } else if (each.split().equals("train")) {
        exported.merge(each.of().kind(), 1, Integer::sum);
      } else {
        measuring++;
      }
    }
    return new Summary(choice.counts(), exported, measuring, without, unreadable);
  }
}
