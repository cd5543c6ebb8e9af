package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.batch.PipelineListener;
import org.osteon.config.ImageKeys;
import org.osteon.config.KafkaKeys;
import org.osteon.config.Settings;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.Platform;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * What nobody had tried when the barrier was designed; {@code docs/guarantees.md} says what was
 * seen.
 */
@Tag("chaos")
class UntriedTest {
  @Test
  void aStandbyThatIsPromotedStillKnowsWhatWasSeen() throws Exception {
    AtomicInteger submitted = new AtomicInteger();
    Queue<String> followed = new ConcurrentLinkedQueue<>();
    Hooks hooks = following(submitted, followed);
    try (Hospital hospital = hospital(Map.of("streams.num.standby.replicas", "1"));
        OsteonService first = OsteonService.start(hospital.settings, hooks);
        OsteonService second = OsteonService.start(hospital.settings, hooks)) {
      awaitReady(first);
      awaitReady(second);
      hospital.ward.publish(150);
      check(hospital, 150);
      // Each replica has followed what the other saw.
      await()
          .untilAsserted(() -> assertThat(Set.copyOf(followed)).hasSizeGreaterThanOrEqualTo(150));
      first.close();
      hospital.ward.publishAgain();
      await().until(() -> hospital.ward.evidence(false).results().size() == 300);
      assertThat(submitted).as("no event is classified twice").hasValue(150);
      assertThat(followed).as("promoted, not read anew").doesNotHaveDuplicates();
      hospital.ward.publish(50);
      Evidence evidence = hospital.ward.evidence(true);
      Guarantee.NOTHING_IS_LOST.check(evidence);
      Guarantee.TWICE_HAS_ONE_ID.check(evidence);
      Guarantee.STUDIES_ARE_EXACT.check(evidence);
      Guarantee.NO_ALERT_TWICE.check(evidence);
      assertThat(evidence.results()).hasSize(350);
    }
  }

  /** Counts what is classified, and lists which records of what was seen are read back. */
  private static Hooks following(AtomicInteger submitted, Queue<String> followed) {
    PipelineListener counter =
        new PipelineListener() {
          @Override
          public void submitted() {
            submitted.incrementAndGet();
          }
        };
    KafkaClients clients =
        new KafkaClients() {
          @Override
          public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
            return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
              @Override
              public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
                for (ConsumerRecord<byte[], byte[]> each : polled) {
                  if (each.topic().contains("seen-events")) {
                    followed.add(each.partition() + "@" + each.offset());
                  }
                }
                return polled;
              }
            };
          }
        };
    return new Hooks(counter, TopologyListener.NONE, CommitBarrier::new, clients);
  }

  @Test
  void recordsOfTwentyMegabytesGoThroughOneByOne() throws Exception {
    Map<String, String> large =
        Map.of(
            "image.max.bytes", "25000000",
            "image.max.pixels", "30000000",
            "memory.budget.mb", "128");
    try (Hospital hospital = hospital(large)) {
      for (int i = 0; i < 10; i++) {
        hospital.ward.publish(bitmap(5000, 4000, i), "");
        hospital.ward.publish(5);
      }
      try (OsteonService service = OsteonService.start(hospital.settings, Hooks.none())) {
        check(hospital, 60);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /** Where publishers may send more than the service's budget was made for. */
  @Test
  void recordsAboveThePipelinesOwnBudgetGoAloneAndHoldNothingUp() throws Exception {
    Map<String, String> publishers =
        Map.of("image.max.bytes", "42000000", "memory.budget.mb", "256");
    try (Hospital hospital = hospital(publishers)) {
      Settings small =
          hospital.with(Map.of("image.max.bytes", "16000000", "memory.budget.mb", "64"));
      for (int i = 0; i < 4; i++) {
        byte[] large = bitmap(8000, 5000, i);
        // Half of the budget is the pipeline's.
        assertThat((long) large.length).isGreaterThan(small.get(ImageKeys.MEMORY_BUDGET_MB) / 2);
        hospital.ward.publish(large, "TOO_MANY_BYTES");
        hospital.ward.publish(5);
      }
      try (OsteonService service = OsteonService.start(small, Hooks.none())) {
        Evidence evidence = hospital.ward.evidence(true);
        Guarantee.NOTHING_IS_LOST.check(evidence);
        Guarantee.NOTHING_TWICE.check(evidence);
        Guarantee.ORDER_WITHIN_A_STUDY.check(evidence);
        assertThat(evidence.results()).hasSize(20);
        assertThat(evidence.deadLetters()).hasSize(4);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  @Test
  void aDrainThatOutlastsTheTransactionIsFencedAndDoneAgain() throws Exception {
    Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
    AtomicInteger submitted = new AtomicInteger();
    try (Hospital hospital = hospital(Map.of("inference.timeout.ms", "120000"));
        Admin admin = Platform.admin(hospital.settings)) {
      hospital.ward.publish(200);
      PipelineListener stall =
          new PipelineListener() {
            @Override
            public void submitted() {
              submitted.incrementAndGet();
            }

            @Override
            public void batchAnswered(int size, long inferenceNanos) {
              // Whoever commits now waits for this batch, until the broker has aborted.
              if (refused.isEmpty() && isOpen(admin, hospital)) {
                // Or until it has refused one: what is opened after that has time, and must go on.
                await().until(() -> !refused.isEmpty() || !isOpen(admin, hospital));
              }
            }
          };
      Hooks hooks = new Hooks(stall, TopologyListener.NONE, CommitBarrier::new, hasty(refused));
      try (OsteonService service = OsteonService.start(hospital.settings, hooks)) {
        check(hospital, 200);
        assertThat(refused).anyMatch(UntriedTest::isFencing);
        assertThat(submitted).as("done again").hasValueGreaterThan(200);
        assertThat(service.health().notAlive()).isEmpty();
      }
    }
  }

  /**
   * The plan refuses such settings, so the producer is given its short timeout behind its back.
   *
   * @param refused gathers what the broker answers
   */
  private static KafkaClients hasty(Queue<Throwable> refused) {
    return new KafkaClients() {
      @Override
      public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> shortened = new TreeMap<>(config);
        // Once is enough: on a busy machine no transaction at all would be done in that time.
        if (refused.isEmpty()) {
          shortened.put("transaction.timeout.ms", "3000");
        }
        return new KafkaProducer<>(
            shortened, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            return super.send(
                record,
                (metadata, failure) -> {
                  if (failure != null) {
                    refused.add(failure);
                  }
                  callback.onCompletion(metadata, failure);
                });
          }

          @Override
          public void sendOffsetsToTransaction(
              Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            noting(() -> super.sendOffsetsToTransaction(offsets, group));
          }

          @Override
          public void commitTransaction() {
            noting(super::commitTransaction);
          }

          private void noting(Runnable call) {
            try {
              call.run();
            } catch (RuntimeException e) {
              refused.add(e);
              throw e;
            }
          }
        };
      }
    };
  }

  private static boolean isFencing(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ProducerFencedException || at instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(Admin admin, Hospital hospital) {
    try {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
          .all()
          .get()
          .stream()
          .anyMatch(
              each ->
                  each.transactionalId()
                      .startsWith(hospital.settings.get(KafkaKeys.APPLICATION_ID)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDeviceThatHangsIsNamedStopsTheServiceAndLosesNothing(@TempDir Path folder)
      throws Exception {
    String hung = AlteredVersion.HUNG.of(Deployed.NEWEST, folder).folder().toString();
    try (Hospital hospital = hospital(Map.of("inference.timeout.ms", "2000", "model.path", hung))) {
      hospital.ward.publish(200);
      // As a process: a native call that hangs keeps what it runs in from ending well.
      Replica replica = hospital.start();
      await().until(() -> Files.readString(replica.logFile()).contains("HTTP on port"));
      Matcher port =
          Pattern.compile("HTTP on port (\\d+)").matcher(Files.readString(replica.logFile()));
      assertThat(port.find()).isTrue();
      String named = "Device cpu hangs: a model call on thread osteon-inference-0 has not returned";
      await()
          .ignoreException(IOException.class)
          .until(
              () -> {
                HttpResponse<String> ready = Scrape.get(Integer.parseInt(port.group(1)), "/readyz");
                return ready.statusCode() == 503
                    && ready.body().contains("\"DEVICE\"")
                    && ready.body().contains(named);
              });
      assertThat(replica.exitStatus()).as(replica.log()).isEqualTo(1);
      assertThat(Files.readString(replica.logFile()))
          .containsPattern("nothing was committed\\. " + named);
      assertThat(hospital.ward.evidence(false).results()).isEmpty();
      try (OsteonService next =
          OsteonService.start(
              hospital.with(Map.of("model.path", Deployed.NEWEST.toString())), Hooks.none())) {
        check(hospital, 200);
        assertThat(next.health().notAlive()).isEmpty();
      }
    }
  }

  private static Hospital hospital(Map<String, String> more) throws Exception {
    return new Hospital(
        Platform.broker().bootstrapServers(),
        Platform.registry().url(),
        "exactly_once_v2",
        "classic",
        more);
  }

  private static void check(Hospital hospital, int events) {
    Evidence evidence = hospital.ward.evidence(true);
    Guarantee.of(true).forEach(promise -> promise.check(evidence));
    assertThat(evidence.results()).hasSize(events);
  }

  private static void awaitReady(OsteonService service) {
    await().until(() -> service.health().notReady().isEmpty());
  }

  /** An uncompressed grey BMP. */
  private static byte[] bitmap(int width, int height, int seed) {
    int pixels = 54 + 1024;
    ByteBuffer bmp = ByteBuffer.allocate(pixels + width * height).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(pixels);
    bmp.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 8);
    bmp.putInt(0).putInt(width * height).putInt(0).putInt(0).putInt(256).putInt(0);
    for (int grey = 0; grey < 256; grey++) {
      bmp.putInt(grey << 16 | grey << 8 | grey);
    }
    for (int i = 0; i < width * height; i++) {
      bmp.put((byte) (i / width * seed + i));
    }
    return bmp.array();
  }
}
