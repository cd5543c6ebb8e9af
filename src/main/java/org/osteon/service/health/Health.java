package org.osteon.service.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;
import org.osteon.event.registry.RegistryPatience;
import org.osteon.fetch.FetchSettings;
import org.osteon.service.health.Reason.Code;

/**
 * Whether this replica processes what it was assigned, and why not.
 *
 * <p><b>Threading.</b> Any.
 */
public final class Health implements RegistryPatience.Watch, FetchSettings.Watch {
  private final Map<String, String> stores = new ConcurrentSkipListMap<>();
  private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();
  private final AtomicReference<@Nullable String> registryTrouble = new AtomicReference<>();
  private final AtomicReference<@Nullable String> brokerTrouble = new AtomicReference<>();
  private final AtomicReference<@Nullable String> stuck = new AtomicReference<>();
  private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();
  private volatile @Nullable Supplier<Optional<String>> device;
  private volatile boolean draining;

  /** Reasons why it is not ready; none where it is. */
  public List<Reason> notReady() {
    List<Reason> reasons = notAlive();
    if (draining) {
      reasons.add(new Reason(Code.DRAINING, "The service is draining."));
    }
    Supplier<Optional<String>> trouble = device;
    if (trouble == null) {
      reasons.add(new Reason(Code.MODEL_COLD, "The model is not warm."));
    } else {
      trouble.get().ifPresent(why -> reasons.add(new Reason(Code.DEVICE, why)));
    }
    add(reasons, Code.REGISTRY_AWAY, registryTrouble.get());
    add(reasons, Code.BROKER_AWAY, brokerTrouble.get());
    stores.values().forEach(why -> reasons.add(new Reason(Code.STORE_AWAY, why)));
    addStreamsTrouble(reasons);
    return reasons;
  }

  /** Reasons why only a restart helps; none while it is alive. */
  public List<Reason> notAlive() {
    List<Reason> reasons = new ArrayList<>();
    add(reasons, Code.STOPPED, fatal.get());
    add(reasons, Code.STUCK, stuck.get());
    return reasons;
  }

  /** One sentence that stopped the service, or nothing. */
  public Optional<String> fatal() {
    return Optional.ofNullable(fatal.get());
  }

  /** Whether something that no restart of this replica mends keeps it from working. */
  boolean waitsForOthers() {
    return draining || registryTrouble.get() != null || brokerTrouble.get() != null;
  }

  public void started(KafkaStreams kafkaStreams) {
    streams.set(kafkaStreams);
  }

  public boolean modelIsCold() {
    return device == null;
  }

  /** The model is warm; from now on its device is asked. */
  public void deviceIs(Supplier<Optional<String>> trouble) {
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

  /**
   * @param why null once a broker answers
   */
  void brokersAre(@Nullable String why) {
    brokerTrouble.set(why);
  }

  /**
   * @param why null while there is progress
   */
  void stuck(@Nullable String why) {
    stuck.set(why);
  }

  @Override
  public void away(String store, String because) {
    stores.put(store, because);
  }

  @Override
  public void settled(String store) {
    stores.remove(store);
  }

  public void draining() {
    draining = true;
  }

  void fatal(String why) {
    fatal.compareAndSet(null, why);
  }

  private static void add(List<Reason> reasons, Code code, @Nullable String why) {
    if (why != null) {
      reasons.add(new Reason(code, why));
    }
  }

  private void addStreamsTrouble(List<Reason> reasons) {
    KafkaStreams kafkaStreams = streams.get();
    if (kafkaStreams == null || kafkaStreams.state() != KafkaStreams.State.RUNNING) {
      String state = kafkaStreams == null ? "not started" : kafkaStreams.state().name();
      reasons.add(new Reason(Code.STREAMS, "Kafka Streams is " + state + "."));
      return;
    }
    boolean assigned =
        kafkaStreams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::activeTasks)
            .anyMatch(tasks -> !tasks.isEmpty());
    if (!assigned) {
      reasons.add(new Reason(Code.NO_ASSIGNMENT, "No partition is assigned."));
    }
  }
}
