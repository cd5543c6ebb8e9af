package org.osteon.bench.reader;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.osteon.client.OperationFailedException;
import org.osteon.client.PlainClients;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.console.Console;
import org.osteon.event.ClassificationResult;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;

/**
 * Whether the console stays quick: results lie behind it, more arrive, and its lists are asked for
 * as a browser asks for them.
 *
 * <p><b>Threading.</b> One thread, and one that publishes.
 */
public final class ConsoleBench {
  private static final int PER_SECOND = 200;
  private static final int SECONDS = 30;
  private static final int ASKED_PER_SECOND = 5;
  private static final long MOST_MINUTES = 10;

  private final int results;
  private final PrintStream out;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param results that lie in the topic before it begins
   */
  public ConsoleBench(int results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  /**
   * Runs it and prints three lines.
   *
   * @throws OperationFailedException not all are read in ten minutes
   */
  public void run() throws IOException, InterruptedException {
    ReaderSandbox.run(
        Map.of("console.listen", "127.0.0.1:0"),
        settings -> {
          try (Producer<byte[], byte[]> producer = PlainClients.producer(settings)) {
            Results made = new Results(settings, producer);
            made.publish(0, results);
            producer.flush();
            measure(settings, made);
          }
        });
  }

  /** Publishes invented results. */
  private static final class Results {
    private final Producer<byte[], byte[]> producer;
    private final Serializer<ClassificationResult> serializer;
    private final String topic;

    Results(Settings settings, Producer<byte[], byte[]> producer) {
      this.producer = producer;
      this.topic = settings.get(TopicKeys.RESULTS);
      this.serializer =
          new EventSerdes(Registry.connect(settings), settings).results().serializer();
    }

    void publish(long from, long to) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      for (long n = from; n < to; n++) {
        byte[] key = ("2.25." + n).getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, key, serializer.serialize(topic, BenchResults.of(n, now))));
      }
    }
  }

  private void measure(Settings settings, Results made) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (Console console = Console.start(settings, null)) {
      URI live = URI.create("http://127.0.0.1:%d/live".formatted(console.port()));
      String all = "<dt>results in all</dt><dd>%d</dd>".formatted(results);
      while (!get(live).contains(all)) {
        if (seconds(begun) > MOST_MINUTES * 60) {
          throw new OperationFailedException("The console has not read them in ten minutes.");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      out.printf("%d results read in %.1f s%n", results, seconds(begun));
      Thread arriving = new Thread(() -> arrive(made), "osteon-bench-arriving");
      arriving.start();
      Histogram micros = new Histogram(3);
      int bytes = 0;
      for (int i = 0; i < SECONDS * ASKED_PER_SECOND; i++) {
        long asked = System.nanoTime();
        bytes = get(live).length();
        micros.recordValue((System.nanoTime() - asked) / 1000);
        TimeUnit.MILLISECONDS.sleep(1000 / ASKED_PER_SECOND);
      }
      arriving.join();
      out.printf(
          "lists, %d kB, while %d a second arrive: %.1f ms (half), %.1f ms (99 of 100), %.1f ms at most%n",
          bytes >> 10,
          PER_SECOND,
          micros.getValueAtPercentile(50) / 1e3,
          micros.getValueAtPercentile(99) / 1e3,
          micros.getMaxValue() / 1e3);
      System.gc();
      Runtime memory = Runtime.getRuntime();
      out.printf(
          "heap after a collection: %d MB%n", (memory.totalMemory() - memory.freeMemory()) >> 20);
    }
  }

  private void arrive(Results made) {
    try {
      long next = results;
      for (int i = 0; i < SECONDS * 10; i++) {
        made.publish(next, next + PER_SECOND / 10);
        next += PER_SECOND / 10;
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String get(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
