package org.osteon.bench.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osteon.bench.table.BenchRow;

/** The limit for some images, measured beside each of several runs with them. */
public final class LimitRounds {
  /** Of work at the limit, from memory. */
  private static final int SECONDS = 2;

  /** Twenty batches and more: of six, those that end together made half as much again of a rate. */
  private static final int LEAST_EVENTS = 400;

  private final Limit limit;
  private final ImageSet images;
  private final List<StageTimes> times = new ArrayList<>();
  private final List<Double> fromMemory = new ArrayList<>();

  public LimitRounds(Limit limit, ImageSet images) {
    this.limit = limit;
    this.images = images;
  }

  /**
   * Measures once more.
   *
   * @return images a second, the limit now
   */
  public double next() throws InterruptedException {
    StageTimes now = limit.times(images);
    times.add(now);
    int events = Math.max(LEAST_EVENTS, (int) (SECONDS * now.imagesPerSecond()));
    fromMemory.add(limit.fromMemory(images, events));
    return now.imagesPerSecond();
  }

  /** Images a second of each round. */
  public List<Double> limits() {
    return times.stream().map(StageTimes::imagesPerSecond).toList();
  }

  /** What one thread needs, what that makes of all CPUs, and what they reach without a broker. */
  public List<BenchRow> rows() {
    String group = "the limit, %s of %.0f kB".formatted(images.name(), images.kilobytes());
    return List.of(
        BenchRow.of(group, "decode, one thread", "µs", each(StageTimes::decodeMicros)),
        BenchRow.of(
            group, "inference, one thread, full batches", "µs", each(StageTimes::inferenceMicros)),
        BenchRow.of(
            group, "CPUs ÷ (decode + inference)", "images/s", each(StageTimes::imagesPerSecond)),
        BenchRow.inTurn(
            group, "all CPUs at once, from memory ÷ limit", "images/s", fromMemory, limits()));
  }

  private double[] each(ToDoubleFunction<StageTimes> figure) {
    return times.stream().mapToDouble(figure).toArray();
  }
}
