package org.osteon.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;
import org.osteon.event.RegistryPatience;

/**
 * Whether this replica processes what it was assigned, and why not.
 *
 * <p><b>Threading.</b> Any.
 */
public final class Health implements RegistryPatience.Watch {
  private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();
  private final AtomicReference<@Nullable String> registryTrouble = new AtomicReference<>();
  private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();
  private volatile Supplier<Optional<String>> device = () -> Optional.of("The model is not warm.");
  private volatile boolean draining;

  /** Reasons why it is not ready; none where it is. */
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>();
    String stopped = fatal.get();
    if (stopped != null) {
      reasons.add(stopped);
    }
    if (draining) {
      reasons.add("The service is draining.");
    }
    device.get().ifPresent(reasons::add);
    String registry = registryTrouble.get();
    if (registry != null) {
      reasons.add(registry);
    }
    addStreamsTrouble(reasons);
    return reasons;
  }

  /** Alive until it stopped for good: a restart helps only then. */
  public boolean alive() {
    return fatal.get() == null;
  }

  /** One sentence that stopped the service, or nothing. */
  public Optional<String> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  void started(KafkaStreams kafkaStreams) {
    streams.set(kafkaStreams);
  }

  void deviceIs(Supplier<Optional<String>> trouble) {
    device = trouble;
  }

  @Override
  public void unreachable(String because) {
    registryTrouble.set(because);
  }

  @Override
  public void reachable() {
    registryTrouble.set(null);
  }

  void draining() {
    draining = true;
  }

  void fatal(String why) {
    fatal.compareAndSet(null, why);
  }

  private void addStreamsTrouble(List<String> reasons) {
    KafkaStreams kafkaStreams = streams.get();
    if (kafkaStreams == null || kafkaStreams.state() != KafkaStreams.State.RUNNING) {
      reasons.add(
          "Kafka Streams is "
              + (kafkaStreams == null ? "not started" : kafkaStreams.state())
              + ".");
      return;
    }
    boolean assigned =
        kafkaStreams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::activeTasks)
            .anyMatch(tasks -> !tasks.isEmpty());
    if (!assigned) {
      reasons.add("No partition is assigned.");
    }
  }
}
