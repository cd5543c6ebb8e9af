package org.osteon.console.picture;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osteon.client.EventWindow;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.keys.ConsoleKeys;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.event.ClassificationResult;
import org.osteon.event.XRayEvent;
import org.osteon.event.registry.Registry;
import org.osteon.image.ImageLimits;
import org.osteon.image.isolated.IsolatedDecoder;
import org.osteon.image.isolated.IsolationTerms;
import org.osteon.model.engine.DjlModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of the last while: read as they are published, drawn when someone looks.
 *
 * <p><b>Threading.</b> One thread reads; any thread asks.
 */
public final class ConsolePictures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConsolePictures.class);

  /** Files are large, and a batch of them lies in memory twice. */
  private static final Map<String, Object> FEW = Map.of("max.poll.records", 20);

  private final PictureMemory memory;
  private final EventWindow events;
  private final TopicFollower follower;
  private final IsolatedDecoder decoder;
  private final PictureDesk desk;
  private final Thread reader;

  /**
   * Reads from now on, and what was published while pictures are kept.
   *
   * @param model that is asked where it looks; closed by its creator, later
   * @throws ConfigException no decode process can be started here
   * @throws org.osteon.event.KafkaFault the brokers cannot be reached
   */
  public ConsolePictures(Settings settings, DjlModel model) {
    memory =
        new PictureMemory(
            settings.get(ConsoleKeys.CONSOLE_PICTURES_MINUTES),
            settings.get(ConsoleKeys.CONSOLE_PICTURES_MB));
    decoder = decoder(settings);
    events = new EventWindow(settings, Registry.connect(settings));
    desk = new PictureDesk(decoder, events.fetcher(), model);
    Instant since = Instant.now().minus(settings.get(ConsoleKeys.CONSOLE_PICTURES_MINUTES));
    follower = TopicFollower.since(settings, settings.get(TopicKeys.EVENTS), since, FEW);
    reader = new Thread(this::follow, "osteon-console-pictures");
    reader.setDaemon(true);
    reader.start();
  }

  private static IsolatedDecoder decoder(Settings settings) {
    ImageLimits limits =
        new ImageLimits(
            settings.get(ImageKeys.IMAGE_MAX_BYTES), settings.get(ImageKeys.IMAGE_MAX_PIXELS));
    try {
      return new IsolatedDecoder(
          new IsolationTerms(
              limits,
              1,
              settings.get(ImageKeys.IMAGE_DECODE_TIMEOUT_MS),
              settings.get(ImageKeys.DECODE_HEAP_MB),
              settings.get(ImageKeys.DECODE_NATIVE_MB)));
    } catch (IOException e) {
      throw new ConfigException(
          "No decode process can be started (%s): make room for it, or set console.pictures=false."
              .formatted(e.getMessage()),
          e);
    }
  }

  private void follow() {
    try (follower) {
      follower.follow(
          found -> {
            if (found.value() != null) {
              events.event(found.value()).ifPresent(each -> memory.put(each, Instant.now()));
            }
            return true;
          });
    } catch (RuntimeException e) {
      LOG.error("The console reads no more pictures: restart it.", e);
    }
  }

  /** Whether there is anything to look at. */
  public boolean has(String event) {
    return memory.get(event, Instant.now()) != null;
  }

  /** Whether anything can lie over it. */
  public boolean explains(ClassificationResult result) {
    return desk.explains(result);
  }

  /** A picture as PNG; empty where it is gone, or no decoder reads it. */
  public Optional<byte[]> picture(String event) throws InterruptedException {
    XRayEvent known = memory.get(event, Instant.now());
    return known == null ? Optional.empty() : desk.picture(known);
  }

  /** What lies over it, as PNG; empty where nothing can be said. */
  public Optional<byte[]> map(ClassificationResult result) throws InterruptedException {
    XRayEvent known = memory.get(result.getEventId(), Instant.now());
    return known == null ? Optional.empty() : desk.map(known, result);
  }

  @Override
  public void close() {
    follower.stop();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    desk.close();
    decoder.close();
    events.close();
  }
}
