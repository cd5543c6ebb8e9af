package org.osteon.bench.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.OperationFailedException;

/**
 * Publishes the numbers of events, never far ahead of who reads them, and each thousandth time an
 * event once more that came half of all events ago.
 *
 * <p><b>Threading.</b> A thread of its own; may be asked by any.
 */
final class StateFeed implements AutoCloseable {
  private static final long AHEAD = 50_000;
  private static final int REPEAT_EACH = 1_000;
  private static final long PAUSE_MILLIS = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final long events;
  private final LongSupplier done;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "state-feed");

  private StateFeed(String servers, String topic, long events, LongSupplier done) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", "20", "batch.size", "65536"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.topic = topic;
    this.events = events;
    this.done = done;
  }

  /**
   * @param done records that were read
   */
  static StateFeed start(String servers, String topic, long events, LongSupplier done) {
    StateFeed feed = new StateFeed(servers, topic, events, done);
    feed.thread.setDaemon(true);
    feed.thread.start();
    return feed;
  }

  private void run() {
    try {
      for (long n = 0; n < events; n++) {
        while (sent.get() - done.getAsLong() > AHEAD) {
          Thread.sleep(PAUSE_MILLIS);
        }
        send(n);
        if (n > AHEAD * 2 && n % REPEAT_EACH == 0) {
          send(n / 2);
          repeats.incrementAndGet();
        }
      }
      producer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void send(long n) {
    byte[] key = BusyDay.study(n).getBytes(StandardCharsets.UTF_8);
    byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(n).array();
    var unused =
        producer.send(
            new ProducerRecord<>(topic, key, value), (where, e) -> failure.compareAndSet(null, e));
    sent.incrementAndGet();
  }

  /** Records, repeats among them. */
  long sent() {
    return sent.get();
  }

  long repeats() {
    return repeats.get();
  }

  boolean ended() {
    return !thread.isAlive();
  }

  void throwIfFailed() {
    Exception e = failure.get();
    if (e != null) {
      throw new OperationFailedException("Events cannot be published: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    producer.close();
  }
}
