package org.osteon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The servers that tests and the demo start come back after an outage with what they had. */
@Tag("chaos")
@Timeout(600)
class OutagesTest {
  @TempDir Path folder;

  @Test
  void theEmbeddedBrokerKeepsItsRecordsOverARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(1 << 20)) {
      create(broker.bootstrapServers());
      send(broker.bootstrapServers(), 0);
      broker.stop();
      broker.start();
      send(broker.bootstrapServers(), 1);
    }
  }

  @Test
  void aKilledBrokerKeepsItsRecords() throws Exception {
    try (BrokerProcess broker = BrokerProcess.launch(1 << 20)) {
      create(broker.bootstrapServers());
      send(broker.bootstrapServers(), 0);
      broker.kill();
      broker.start();
      send(broker.bootstrapServers(), 1);
    }
  }

  @Test
  void aChildDoesNotOutliveItsParentWhicheverWayThatEnds() throws Exception {
    Path pid = folder.resolve("pid");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                pid.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    await().until(() -> Files.exists(pid));
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow();
    assertThat(child.isAlive()).isTrue();
    parent.destroyForcibly();
    await().until(() -> !child.isAlive());
  }

  /** A program that starts a child and then does nothing until it is killed. */
  static final class Parent {
    public static void main(String[] arguments) throws Exception {
      Path out = Path.of(arguments[0]);
      ChildProcess child = ChildProcess.start(Path.of("/dev/null"), "sleep", "600");
      Path written = Files.writeString(out.resolveSibling("pid.new"), Long.toString(child.pid()));
      Files.move(written, out);
      TimeUnit.MINUTES.sleep(10);
    }

    private Parent() {}
  }

  private static void create(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
    }
  }

  private static void send(String servers, long expectedOffset) throws Exception {
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", servers), bytes, bytes)) {
      assertThat(producer.send(new ProducerRecord<>("t", new byte[10])).get().offset())
          .isEqualTo(expectedOffset);
    }
  }
}
