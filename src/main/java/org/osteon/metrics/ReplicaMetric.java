package org.osteon.metrics;

import static org.osteon.metrics.MetricDefinition.of;

/** Of the process and its device. */
public enum ReplicaMetric implements Metric {
  DEVICE_BUSY(
      of(
          MetricKind.COUNTER,
          "device.busy.seconds",
          "",
          "Seconds that inference threads spent in the model. Its rate over osteon_inference_threads is the busy share of the device.")),
  INFERENCE_THREADS(of(MetricKind.GAUGE, "inference.threads", "", "Threads that call the model.")),
  DEVICE_MEMORY_USED(
      of(
          MetricKind.GAUGE,
          "device.memory.used",
          "bytes",
          "Memory of the GPU that is in use, by any process; only on a GPU.")),
  DEVICE_MEMORY_MAX(
      of(MetricKind.GAUGE, "device.memory.max", "bytes", "Memory of the GPU; only on a GPU.")),
  RESIDENT_MEMORY(
      of(
          MetricKind.GAUGE,
          "resident.memory",
          "bytes",
          "Memory of the process as the kernel counts it: Java's heap, the engine's and the decoders' native memory.")),
  NATIVE_MEMORY(
      of(
          MetricKind.GAUGE,
          "native.memory",
          "bytes",
          "Resident memory less what the JVM's own pools hold: about what engine and decoders take.")),
  REBALANCES(
      of(
          MetricKind.COUNTER,
          "rebalances",
          "",
          "Times that Kafka Streams left RUNNING for REBALANCING.")),
  HANGING_TRANSACTIONS(
      of(
          MetricKind.GAUGE,
          "hanging.transactions",
          "",
          "Partitions of the topics that the service writes in which a transaction is open for longer than any may last: readers of read_committed are shown nothing behind it.")),
  READY(of(MetricKind.GAUGE, "ready", "", "1 while /readyz says so, else 0.")),
  ALIVE(of(MetricKind.GAUGE, "alive", "", "1 while /livez says so, else 0."));

  private final MetricDefinition definition;

  ReplicaMetric(MetricDefinition definition) {
    this.definition = definition;
  }

  @Override
  public MetricDefinition definition() {
    return definition;
  }

  @Override
  public boolean onCpu() {
    return this != DEVICE_MEMORY_USED && this != DEVICE_MEMORY_MAX;
  }
}
