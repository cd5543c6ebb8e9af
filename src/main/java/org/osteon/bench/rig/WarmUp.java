package org.osteon.bench.rig;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osteon.bench.flame.CpuCosts;

/**
 * Runs the service again and again until the JVM's compilers are quiet: the first minutes of a
 * process are theirs, and a service runs for months.
 */
public final class WarmUp {
  /** CPU microseconds of an image below which the compilers no longer count. */
  private static final double QUIET = 40;

  private WarmUp() {}

  /** The nth run; even and odd ones may differ. */
  public interface Round {
    ServiceRun run(int n) throws IOException, InterruptedException;
  }

  /**
   * @param longest no round begins later
   * @return all rounds, the first the coldest
   */
  public static List<ServiceRun> with(Round round, Duration longest)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    List<ServiceRun> rounds = new ArrayList<>();
    do {
      rounds.add(round.run(rounds.size()));
    } while (!quiet(rounds) && System.nanoTime() < end);
    return rounds;
  }

  private static boolean quiet(List<ServiceRun> rounds) {
    int n = rounds.size();
    return n > 1 && rounds.subList(n - 2, n).stream().allMatch(run -> compiling(run) <= QUIET);
  }

  /** CPU microseconds of an image that went to the compilers. */
  public static double compiling(ServiceRun run) {
    return run.costs().micros().getOrDefault(CpuCosts.COMPILERS, 0.0);
  }
}
