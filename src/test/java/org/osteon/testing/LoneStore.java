package org.osteon.testing;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** A store of Kafka Streams' own without a broker, beside a processor that does nothing. */
public final class LoneStore<K, V> implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final KeyValueStore<K, V> store;

  public LoneStore(StoreBuilder<KeyValueStore<K, V>> builder, Path folder) {
    Topology topology =
        new Topology()
            .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
            .addProcessor("idle", Idle::new, "in")
            .addStateStore(builder.withLoggingDisabled(), "idle");
    Properties properties = new Properties();
    properties.put("state.dir", folder.toString());
    driver = new TopologyTestDriver(topology, properties);
    store = Objects.requireNonNull(driver.getKeyValueStore(builder.name()));
  }

  public KeyValueStore<K, V> store() {
    return store;
  }

  @Override
  public void close() {
    driver.close();
  }

  private static final class Idle extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {}
  }
}
