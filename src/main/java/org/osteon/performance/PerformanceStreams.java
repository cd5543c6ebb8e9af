package org.osteon.performance;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.osteon.config.Settings;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.config.keys.PerformanceKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.streams.StateFolder;

/** What Kafka Streams is started with here. */
final class PerformanceStreams {
  private PerformanceStreams() {}

  /**
   * @throws ConfigException performance.application.id is that of the service
   */
  static Properties of(Settings settings) {
    String application = settings.get(PerformanceKeys.APPLICATION_ID);
    if (application.equals(settings.get(KafkaKeys.APPLICATION_ID))) {
      throw new ConfigException(
          "performance.application.id is application.id, the service's own: give it another name.");
    }
    Map<String, Object> derived = new HashMap<>();
    derived.put("num.stream.threads", "1");
    derived.put("commit.interval.ms", "1000");
    derived.put("statestore.cache.max.bytes", Long.toString(16L << 20));
    derived.put("max.task.idle.ms", "-1");
    derived.put("state.dir", StateFolder.standard().toString());
    derived.putAll(settings.kafka());
    derived.putAll(settings.streams());
    derived.put("processing.guarantee", "exactly_once_v2");
    derived.put("application.id", application);
    derived.put("bootstrap.servers", settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    derived.put("group.protocol", settings.get(KafkaKeys.GROUP_PROTOCOL));
    Properties properties = new Properties();
    properties.putAll(derived);
    return properties;
  }
}
