package org.osteon.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicFollower;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.keys.ConsoleKeys;
import org.osteon.config.keys.HttpKeys;
import org.osteon.config.keys.TopicKeys;
import org.osteon.console.act.Action;
import org.osteon.console.act.ActionDoor;
import org.osteon.console.act.Audit;
import org.osteon.console.act.WriteGuard;
import org.osteon.console.picture.ConsolePictures;
import org.osteon.console.shelf.VersionShelf;
import org.osteon.console.watch.Deliveries;
import org.osteon.console.watch.Replicas;
import org.osteon.event.ModelDeployment;
import org.osteon.event.Redrives;
import org.osteon.event.Truth;
import org.osteon.event.Undelivered;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.truth.TruthPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows results, alerts, truths and dead letters, committed only, and serves them as a page.
 *
 * <p><b>Threading.</b> One thread reads the topics; those of {@link ConsoleServer} read what it
 * gathers.
 */
public final class Console implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private static final Map<String, Object> PATIENCE =
      Map.of("delivery.timeout.ms", 10_000, "request.timeout.ms", 5_000, "max.block.ms", 10_000L);

  private final Live live = new Live();
  private final Versions versions = new Versions();
  private final Map<String, Taker> takers = new HashMap<>();
  private final TopicFollower follower;
  private final Replicas replicas;
  private final Deliveries deliveries;
  private final Refusals refusals;
  private final ConsoleServer server;
  private final Thread reader;

  /** Takes a record of one topic. */
  private interface Taker {
    void take(ConsumerRecord<byte[], byte[]> record);
  }

  private Console(Settings settings, @Nullable ConsolePictures pictures) throws IOException {
    String token = TokenFile.find(settings, ConsoleKeys.CONSOLE_TOKEN_FILE).orElse(null);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    takers.put(settings.get(TopicKeys.RESULTS), taker(serdes.results(), live::add));
    takers.put(settings.get(TopicKeys.ALERTS), taker(serdes.alerts(), live::add));
    takers.put(settings.get(TopicKeys.TRUTHS), taker(serdes.truths(), live::add));
    takers.put(settings.get(TopicKeys.DEAD_LETTERS), taker(serdes.deadLetters(), live::add));
    takers.put(settings.get(TopicKeys.AUDIT), taker(serdes.audit(), live::add));
    takers.put(settings.get(TopicKeys.MODELS), models(serdes.models()));
    refusals = new Refusals(settings);
    takers.put(settings.get(TopicKeys.UNDELIVERED), refusals(serdes.undelivered()));
    VersionShelf shelf = VersionShelf.of(settings).orElse(null);
    follower = new TopicFollower(settings, List.copyOf(takers.keySet()), true, Map.of());
    replicas =
        new Replicas(
            settings.list(ConsoleKeys.CONSOLE_REPLICAS),
            TokenFile.find(settings, HttpKeys.HTTP_METRICS_TOKEN_FILE),
            live::touch);
    deliveries = new Deliveries(settings.list(ConsoleKeys.CONSOLE_DELIVERERS), live::touch);
    try {
      WriteGuard guard = new WriteGuard(token);
      server =
          new ConsoleServer(
              settings.get(ConsoleKeys.CONSOLE_LISTEN),
              new ConsoleServer.Parts(
                  live,
                  versions,
                  replicas,
                  deliveries,
                  refusals,
                  pictures,
                  shelf,
                  new PerformancePage(settings, serdes),
                  acts(settings, serdes, guard, shelf)));
    } catch (IOException e) {
      replicas.close();
      deliveries.close();
      follower.close();
      throw e;
    }
    reader = new Thread(this::follow, "osteon-console-reader");
    reader.setDaemon(true);
  }

  private ConsoleServer.Acts acts(
      Settings settings, EventSerdes serdes, WriteGuard guard, @Nullable VersionShelf shelf) {
    Map<String, Action> byPath = new HashMap<>();
    byPath.put("/redrive", new Redriving(settings));
    byPath.put("/deliver", refusals);
    byPath.put("/truth", new Saying(live, said -> publish(settings, serdes, said)));
    byPath.put("/acknowledge", new Acknowledging(live));
    byPath.put("/rollout", new Rollout(settings, serdes));
    if (shelf != null) {
      byPath.put("/deploy", new Deploying(settings, serdes, shelf));
    }
    return new ConsoleServer.Acts(
        new ActionDoor(guard, new Audit(settings, serdes, PATIENCE)),
        guard.writable(),
        Map.copyOf(byPath));
  }

  /** A record that someone's asking again left there is the target's, and no refusal. */
  private Taker refusals(Serde<Undelivered> serde) {
    Taker all =
        taker(
            serde,
            refused -> {
              refusals.add(refused);
              live.touch();
            });
    return found -> {
      if (Redrives.of(found.headers()) == 0) {
        all.take(found);
      }
    };
  }

  private <T extends SpecificRecord> Taker taker(Serde<T> serde, Consumer<T> each) {
    Deserializer<T> deserializer = serde.deserializer();
    return found -> {
      T value = value(deserializer, found);
      if (value != null) {
        each.accept(value);
      }
    };
  }

  /** A place that is empty from now on has a tombstone. */
  private Taker models(Serde<ModelDeployment> serde) {
    Deserializer<ModelDeployment> deserializer = serde.deserializer();
    return found -> {
      String place = found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
      ModelDeployment version = found.value() == null ? null : value(deserializer, found);
      if (found.value() == null || version != null) {
        versions.take(place, version);
        live.touch();
      }
    };
  }

  /**
   * @param pictures null where none are shown; closed by their creator, later
   * @throws org.osteon.client.OperationFailedException a topic is not there
   * @throws org.osteon.event.KafkaFault the brokers cannot be reached
   * @throws IOException the address cannot be listened on
   */
  public static Console start(Settings settings, @Nullable ConsolePictures pictures)
      throws IOException {
    Console console = new Console(settings, pictures);
    console.reader.start();
    return console;
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    replicas.close();
    deliveries.close();
    follower.stop();
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** With a producer for each: a person says a few things an hour. */
  private static void publish(Settings settings, EventSerdes serdes, List<Truth> said) {
    try (Producer<byte[], byte[]> producer = PlainClients.producer(settings, PATIENCE)) {
      new TruthPublisher(producer, serdes, settings.get(TopicKeys.TRUTHS)).publish(said);
    }
  }

  private void follow() {
    try (follower) {
      follower.follow(
          found -> {
            Taker taker = takers.get(found.topic());
            if (taker != null) {
              taker.take(found);
            }
            return true;
          });
    } catch (RuntimeException e) {
      // The page goes on and says that it stands still: an empty list must not pass for silence.
      LOG.error("The console reads no more: restart it.", e);
      live.fail(String.valueOf(e.getMessage()));
    }
  }

  private <T extends SpecificRecord> @Nullable T value(
      Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> found) {
    try {
      return deserializer.deserialize(found.topic(), found.value());
    } catch (SerializationException e) {
      live.unreadable();
      LOG.warn(
          "Cannot read offset {} of partition {} of {}.",
          found.offset(),
          found.partition(),
          found.topic());
      return null;
    }
  }
}
