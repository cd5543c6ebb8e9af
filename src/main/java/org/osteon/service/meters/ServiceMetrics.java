package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.metrics.ModelMetric;
import org.osteon.metrics.ReplicaMetric;
import org.osteon.metrics.StreamMetric;
import org.osteon.model.engine.DeviceMemory;
import org.osteon.model.engine.DjlModel;
import org.osteon.service.health.HangingTransactions;
import org.osteon.service.health.Health;
import org.osteon.service.health.PartitionBacklog;
import org.osteon.topology.listen.TopologyListener;

/**
 * Everything that {@code /metrics} shows: Osteon's own, Kafka's and the JVM's.
 *
 * <p><b>Threading.</b> Any; bound and closed by the one that starts the service.
 */
public final class ServiceMetrics implements AutoCloseable {
  /** What Kafka Streams puts into the names of clients and threads anew at each start. */
  private static final Pattern RANDOM =
      Pattern.compile("-?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);
  private final PartitionBacklog backlog = new PartitionBacklog();
  private final List<Closing> binders = new ArrayList<>();
  private final RecordMeters records;
  private final ImageMeters images;
  private final ShadowMeters shadow;
  private final CanaryMeters canary;
  private final InputDrift drift;
  private final Counter switched;
  private final Counter refused;
  private volatile @Nullable DjlModel running;
  private Meter.@Nullable Id modelId;

  /**
   * @param maxBatch images of a full batch
   * @param driftWindow images that are held against the version's reference
   * @param driftFacilities facilities for which that is done by itself
   */
  public ServiceMetrics(int maxBatch, int driftWindow, int driftFacilities, Health health) {
    registry.config().meterFilter(withoutRandomNames());
    records = new RecordMeters(meters);
    images = new ImageMeters(meters, maxBatch);
    shadow = new ShadowMeters(meters);
    canary = new CanaryMeters(meters);
    drift = new InputDrift(meters, driftWindow, driftFacilities);
    switched = meters.counter(ModelMetric.MODEL_SWITCHES, "switched");
    refused = meters.counter(ModelMetric.MODEL_SWITCHES, "refused");
    meters.gauge(
        StreamMetric.OLDEST_IMAGE_AGE,
        backlog,
        w -> w.oldestAgeSeconds(System.currentTimeMillis()));
    meters.gauge(ReplicaMetric.READY, health, h -> h.notReady().isEmpty() ? 1 : 0);
    meters.gauge(ReplicaMetric.ALIVE, health, h -> h.notAlive().isEmpty() ? 1 : 0);
    meters.gauge(ReplicaMetric.RESIDENT_MEMORY, this, m -> ProcessMemory.resident());
    meters.gauge(ReplicaMetric.NATIVE_MEMORY, this, m -> ProcessMemory.outsideOfTheJvm());
    JvmGcMetrics collections = new JvmGcMetrics();
    binders.add(collections::close);
    for (MeterBinder binder :
        List.of(
            collections,
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new FileDescriptorMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics())) {
      binder.bindTo(registry);
    }
  }

  /** Prometheus text. */
  public String scrape() {
    return registry.scrape();
  }

  public RecordMeters records() {
    return records;
  }

  public PartitionBacklog backlog() {
    return backlog;
  }

  public ShadowMeters shadow() {
    return shadow;
  }

  public CanaryMeters canary() {
    return canary;
  }

  public PipelineListener pipeline() {
    return PipelineListener.all(images, drift);
  }

  public TopologyListener topology() {
    return TopologyListener.all(
        records, backlog, new BacklogMeters(meters, registry, backlog), drift);
  }

  /** What answers from now on. */
  public synchronized void modelIs(DjlModel model) {
    Meter.Id before = modelId;
    if (before != null) {
      registry.remove(before);
    }
    running = model;
    drift.begin(model.version());
    modelId =
        meters.gauge(
            ModelMetric.MODEL,
            this,
            m -> 1,
            model.version().manifest().name(),
            model.version().manifest().version(),
            model.version().sha256(),
            model.precision(),
            model.deviceName());
    if (before == null && DeviceMemory.of(model).isPresent()) {
      meters.gauge(ReplicaMetric.DEVICE_MEMORY_USED, this, m -> m.deviceMemory(true));
      meters.gauge(ReplicaMetric.DEVICE_MEMORY_MAX, this, m -> m.deviceMemory(false));
    }
  }

  public void inferenceThreadsAre(int threads) {
    meters.gauge(ReplicaMetric.INFERENCE_THREADS, threads, Integer::doubleValue);
  }

  public void switched(boolean well) {
    (well ? switched : refused).increment();
  }

  /** To be called before they are started. */
  public void watch(KafkaStreams streams) {
    var rebalances = meters.counter(ReplicaMetric.REBALANCES);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.REBALANCING && before == KafkaStreams.State.RUNNING) {
            rebalances.increment();
          }
        });
    KafkaStreamsMetrics binder = new KafkaStreamsMetrics(streams);
    binders.add(binder::close);
    binder.bindTo(registry);
  }

  public void watch(HangingTransactions hanging) {
    meters.gauge(ReplicaMetric.HANGING_TRANSACTIONS, hanging, HangingTransactions::partitions);
  }

  @Override
  public void close() {
    for (Closing binder : binders) {
      binder.close();
    }
    registry.close();
  }

  /** Gives back what a binder holds. */
  @FunctionalInterface
  private interface Closing {
    void close();
  }

  private double deviceMemory(boolean used) {
    DjlModel model = running;
    return model == null
        ? Double.NaN
        : DeviceMemory.of(model)
            .map(memory -> (double) (used ? memory.usedBytes() : memory.maxBytes()))
            .orElse(Double.NaN);
  }

  private static MeterFilter withoutRandomNames() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("kafka.")) {
          return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
          tags.add(Tag.of(tag.getKey(), stable(tag.getValue())));
        }
        return id.replaceTags(tags);
      }
    };
  }

  private static String stable(@Nullable String value) {
    return value == null ? "" : RANDOM.matcher(value).replaceAll("");
  }
}
