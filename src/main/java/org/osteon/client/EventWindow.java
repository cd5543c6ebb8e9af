package org.osteon.client;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.EventReading;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.RegistryEventReader;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.Fetcher;
import org.osteon.fetch.ImageFetcher;

/**
 * The events since a moment, one at a time, with what gets the images that they name: results carry
 * no pixels, so a caller that wants to see one looks its event up.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class EventWindow implements AutoCloseable {
  private final Settings settings;
  private final RegistryEventReader reader;
  private final @Nullable Fetcher fetcher;

  /** Told of each event; what is no event is passed over. */
  @FunctionalInterface
  public interface Reader {
    void read(XRayEvent event) throws InterruptedException;
  }

  public EventWindow(Settings settings, SchemaRegistryClient registry) {
    this.settings = settings;
    this.reader =
        new RegistryEventReader(
            registry, new RegistryPatience(Duration.ofSeconds(10), RegistryPatience.UNWATCHED));
    FetchSettings fetching = FetchSettings.of(settings);
    this.fetcher =
        fetching.any()
            ? new Fetcher(
                fetching, settings.get(ImageKeys.IMAGE_MAX_BYTES), FetchSettings.Watch.NONE)
            : null;
  }

  /** Gets what events name; nothing, where nothing may be fetched. */
  public ImageFetcher fetcher() {
    return fetcher == null ? ImageFetcher.NONE : fetcher;
  }

  /** The event in a record's value; empty where it is none. */
  public Optional<XRayEvent> event(byte[] value) {
    return reader.read(value) instanceof EventReading.Read read
        ? Optional.of(read.event())
        : Optional.empty();
  }

  /**
   * @throws org.osteon.event.KafkaFault the brokers cannot be reached
   * @throws OperationFailedException there is no such topic
   */
  public void read(Instant since, Reader each, TopicWindow.Watch watch)
      throws InterruptedException {
    TopicWindow.read(
        settings,
        settings.get(TopicKeys.EVENTS),
        since,
        found -> {
          XRayEvent event = event(found.value()).orElse(null);
          if (event != null) {
            each.read(event);
          }
        },
        watch);
  }

  @Override
  public void close() {
    if (fetcher != null) {
      fetcher.close();
    }
  }
}
