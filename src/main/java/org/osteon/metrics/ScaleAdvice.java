package org.osteon.metrics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many replicas and partitions, from what replicas were measured to spend on an image.
 *
 * @param replicas so many are needed
 * @param partitions so many would suit them
 * @param arithmetic how it was come by, a line each
 */
public record ScaleAdvice(int replicas, int partitions, List<String> arithmetic) {
  /** Below it the model's cost of an image is another one than under load. */
  private static final double HALF_FULL = 0.5;

  /**
   * What one replica spent between two looks.
   *
   * @param images that went through the pipeline
   * @param cpuSeconds of the process
   * @param cpus that it may use
   * @param busySeconds of its inference threads in the model
   * @param inferenceThreads threads that call the model
   * @param batches calls of the model
   * @param fill sum over batches of how full each was, 0 to 1
   */
  public record Spent(
      double images,
      double cpuSeconds,
      double cpus,
      double busySeconds,
      double inferenceThreads,
      double batches,
      double fill) {
    /** Between two scrapes of the same replica. */
    public static Spent between(MetricsText before, MetricsText after) {
      return new Spent(
          difference(before, after, StreamMetric.IMAGE.exported() + "_count"),
          difference(before, after, "process_cpu_time_ns_total") / 1e9,
          after.sum("system_cpu_count"),
          difference(before, after, ReplicaMetric.DEVICE_BUSY.exported()),
          after.sum(ReplicaMetric.INFERENCE_THREADS.exported()),
          difference(before, after, StreamMetric.BATCH_FILL.exported() + "_count"),
          difference(before, after, StreamMetric.BATCH_FILL.exported() + "_sum"));
    }

    private static double difference(MetricsText before, MetricsText after, String name) {
      return after.sum(name) - before.sum(name);
    }

    Spent plus(Spent other) {
      return new Spent(
          images + other.images,
          cpuSeconds + other.cpuSeconds,
          cpus + other.cpus,
          busySeconds + other.busySeconds,
          inferenceThreads + other.inferenceThreads,
          batches + other.batches,
          fill + other.fill);
    }
  }

  /**
   * What is asked for.
   *
   * @param rate images a second that arrive
   * @param backlog records that wait now
   * @param targetAge seconds within which an image must be answered, so also the backlog
   * @param load share of a replica's throughput to plan with, above 0 and up to 1
   * @param threads stream threads of a replica
   */
  public record Wish(double rate, double backlog, double targetAge, double load, int threads) {}

  /**
   * @param spent of each replica that was measured
   * @param existing partitions of the events topic, or null where that was not looked up
   * @throws IllegalArgumentException where nothing was measured
   */
  public static ScaleAdvice of(List<Spent> spent, Wish wish, @Nullable Integer existing) {
    Spent sum = spent.stream().reduce(Spent::plus).orElseThrow(IllegalArgumentException::new);
    if (sum.images < 1) {
      throw new IllegalArgumentException(
          "No image was answered while it was measured: run it under load, or for longer with --during.");
    }
    List<String> lines = new ArrayList<>();
    double cpuEach = sum.cpuSeconds / sum.images;
    double byCpu = sum.cpus / spent.size() / cpuEach;
    lines.add(
        "CPU: %.1f s for %.0f images = %.2f ms each; %.1f CPUs a replica allow %.0f images/s"
            .formatted(sum.cpuSeconds, sum.images, cpuEach * 1e3, sum.cpus / spent.size(), byCpu));
    double busyEach = sum.busySeconds / sum.images;
    double byDevice =
        busyEach > 0 ? sum.inferenceThreads / spent.size() / busyEach : Double.POSITIVE_INFINITY;
    lines.add(
        "device: %.2f ms each; %.0f inference threads a replica allow %.0f images/s"
            .formatted(busyEach * 1e3, sum.inferenceThreads / spent.size(), byDevice));
    if (sum.fill < sum.batches * HALF_FULL) {
      lines.add(
          "batches were %.0f %% full: fuller ones cost less an image, so what follows is more than is needed; measure near the rate that you plan for"
              .formatted(sum.fill / sum.batches * 100));
    }
    double each = Math.min(byCpu, byDevice) * wish.load;
    lines.add(
        "a replica: the lesser, %s, at %.0f %% load = %.0f images/s"
            .formatted(byCpu <= byDevice ? "the CPUs" : "the device", wish.load * 100, each));
    double needed = (wish.rate + wish.backlog / wish.targetAge) / each;
    int replicas = (int) Math.max(1, Math.ceil(needed));
    lines.add(
        "replicas: (%.0f images/s + %.0f waiting ÷ %.0f s) ÷ %.0f = %.2f, so %d"
            .formatted(wish.rate, wish.backlog, wish.targetAge, each, needed, replicas));
    double without = wish.rate / (each / wish.load);
    if (replicas - 1 < without) {
      lines.add(
          "one away (a roll-out, a lost node): %d would be overloaded, %.0f images/s at most: consider %d"
              .formatted(replicas - 1, (replicas - 1) * each / wish.load, replicas + 1));
    }
    int partitions = replicas * wish.threads * 2;
    lines.add(
        "partitions: %d replicas × %d threads × 2, so that it can double = %d"
            .formatted(replicas, wish.threads, partitions));
    if (existing != null) {
      lines.add(judge(existing, replicas));
    }
    return new ScaleAdvice(replicas, partitions, List.copyOf(lines));
  }

  private static String judge(int existing, int replicas) {
    if (existing < replicas) {
      return "the topic has %d partitions: too few, %d replicas would own none"
          .formatted(existing, replicas - existing);
    }
    int busiest = (existing + replicas - 1) / replicas;
    return existing % replicas == 0
        ? "the topic has %d partitions: %d a replica".formatted(existing, busiest)
        : "the topic has %d partitions: the busiest replica owns %d, which makes %d as fast as %.1f"
            .formatted(existing, busiest, replicas, (double) existing / busiest);
  }
}
