package org.osteon.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.PlainClients;
import org.osteon.client.TopicFollower;
import org.osteon.config.ConsoleKeys;
import org.osteon.config.Settings;
import org.osteon.config.TokenFile;
import org.osteon.config.TopicKeys;
import org.osteon.event.Alert;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Truth;
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
  private final TopicFollower follower;
  private final ConsoleServer server;
  private final Thread reader;

  private Console(Settings settings) throws IOException {
    String token = TokenFile.find(settings, ConsoleKeys.CONSOLE_TOKEN_FILE).orElse(null);
    EventSerdes serdes = new EventSerdes(Registry.connect(settings), settings);
    Deserializer<ClassificationResult> results = serdes.results().deserializer();
    Deserializer<Alert> alerts = serdes.alerts().deserializer();
    Deserializer<DeadLetter> letters = serdes.deadLetters().deserializer();
    String resultTopic = settings.get(TopicKeys.RESULTS);
    String alertTopic = settings.get(TopicKeys.ALERTS);
    Deserializer<Truth> truths = serdes.truths().deserializer();
    String truthTopic = settings.get(TopicKeys.TRUTHS);
    List<String> topics =
        List.of(resultTopic, alertTopic, truthTopic, settings.get(TopicKeys.DEAD_LETTERS));
    follower = new TopicFollower(settings, topics, true, Map.of());
    try {
      WriteGuard guard = new WriteGuard(token);
      server =
          new ConsoleServer(
              settings.get(ConsoleKeys.CONSOLE_LISTEN),
              live,
              guard,
              new Redriving(settings),
              new ConsoleServer.Extras(
                  new Saying(live, guard, said -> publish(settings, serdes, said)),
                  new PerformancePage(settings, serdes)));
    } catch (IOException e) {
      follower.close();
      throw e;
    }
    reader =
        new Thread(
            () ->
                follow(
                    each -> {
                      if (each.topic().equals(resultTopic)) {
                        ClassificationResult result = value(results, each);
                        if (result != null) {
                          live.add(result);
                        }
                      } else if (each.topic().equals(alertTopic)) {
                        Alert alert = value(alerts, each);
                        if (alert != null) {
                          live.add(alert);
                        }
                      } else if (each.topic().equals(truthTopic)) {
                        Truth truth = value(truths, each);
                        if (truth != null) {
                          live.add(truth);
                        }
                      } else {
                        DeadLetter letter = value(letters, each);
                        if (letter != null) {
                          live.add(letter);
                        }
                      }
                    }),
            "osteon-console-reader");
    reader.setDaemon(true);
  }

  /**
   * @throws org.osteon.client.OperationFailedException a topic is not there
   * @throws org.osteon.event.KafkaFault the brokers cannot be reached
   * @throws IOException the address cannot be listened on
   */
  public static Console start(Settings settings) throws IOException {
    Console console = new Console(settings);
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

  private void follow(java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (follower) {
      follower.follow(
          found -> {
            each.accept(found);
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
