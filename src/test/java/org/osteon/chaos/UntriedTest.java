package org.osteon.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Evidence;
import org.osteon.testing.hospital.Guarantee;
import org.osteon.testing.hospital.Hospital;
import org.osteon.testing.hospital.Replica;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * What had not been tried when the barrier was designed; {@code docs/guarantees.md} says what was
 * seen.
 */
@Tag("chaos")
class UntriedTest {
  @Test
  void aStandbyThatIsPromotedStillKnowsWhatWasSeen() throws Exception {
    AtomicInteger submitted = new AtomicInteger();
    Queue<String> followed = new ConcurrentLinkedQueue<>();
    Hooks hooks = following(submitted, followed);
    try (Hospital hospital = UsualHospital.with(Map.of("streams.num.standby.replicas", "1"));
        OsteonService first = OsteonService.start(hospital.settings, hooks);
        OsteonService second = OsteonService.start(hospital.settings, hooks)) {
      awaitReady(first);
      awaitReady(second);
      hospital.ward.publish(150);
      UsualHospital.check(hospital, 150);
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
  void aDeviceThatHangsIsNamedStopsTheServiceAndLosesNothing(@TempDir Path folder)
      throws Exception {
    String hung = AlteredVersion.HUNG.of(Deployed.SMALLEST, folder).folder().toString();
    try (Hospital hospital =
        UsualHospital.with(Map.of("inference.timeout.ms", "2000", "model.path", hung))) {
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
              hospital.with(Map.of("model.path", Deployed.SMALLEST.toString())), Hooks.none())) {
        UsualHospital.check(hospital, 200);
        assertThat(next.health().notAlive()).isEmpty();
      }
    }
  }

  private static void awaitReady(OsteonService service) {
    await().until(() -> service.health().notReady().isEmpty());
  }
}
