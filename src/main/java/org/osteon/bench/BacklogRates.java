package org.osteon.bench;

import static org.osteon.bench.Workbench.ALO;
import static org.osteon.bench.Workbench.EOS;
import static org.osteon.bench.Workbench.PARTITIONS;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osteon.bench.rig.LimitRounds;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.rig.WarmUp;
import org.osteon.bench.table.BenchRow;

/** The service from a backlog of small images: against the limit, and its guarantees in turn. */
final class BacklogRates {
  private static final String WARMING = "the first minutes of a process";

  private final Workbench bench;
  private final String group;

  BacklogRates(Workbench bench) {
    this.bench = bench;
    this.group = "Osteon from a backlog, " + bench.small().name();
  }

  /** What is repeated in turn with others. */
  private record Case(String guarantee, int partitions, List<ServiceRun> runs) {
    Case(String guarantee, int partitions) {
      this(guarantee, partitions, new ArrayList<>());
    }

    String name() {
      boolean base = guarantee.equals(ALO) && partitions == PARTITIONS;
      return "%s, %d partitions ÷ %s"
          .formatted(guarantee, partitions, base ? "limit" : ALO + ", " + PARTITIONS);
    }
  }

  /**
   * @param all other guarantees and fewer partitions as well
   * @return images a second at least once, with which everything else is compared
   */
  double measure(boolean all) throws IOException, InterruptedException {
    warmUp();
    List<Case> cases = new ArrayList<>(List.of(new Case(ALO, PARTITIONS)));
    if (all) {
      cases.add(new Case(ALO, 4));
      cases.add(new Case(ALO, 1));
      cases.add(new Case(EOS, PARTITIONS));
    }
    // In turn, so that what drifts drifts for all.
    LimitRounds limits = new LimitRounds(bench.limit(), bench.small());
    for (int i = 0; i < bench.settings().repeats(); i++) {
      limits.next();
      for (Case each : cases) {
        each.runs.add(run(each.guarantee, each.partitions));
      }
    }
    report(cases, limits);
    Case base = cases.get(0);
    return Workbench.row(group, base.name(), base.runs).median();
  }

  private void warmUp() throws IOException, InterruptedException {
    List<ServiceRun> warming =
        WarmUp.with(
            n -> run(n % 2 == 0 ? ALO : EOS, PARTITIONS),
            Duration.ofSeconds(bench.settings().warmSeconds()));
    double[] compiling = warming.stream().mapToDouble(WarmUp::compiling).toArray();
    bench
        .report()
        .add(
            Workbench.row(WARMING, "at least and exactly once in turn", warming)
                .over(bench.limit().now(bench.small())));
    bench.report().add(BenchRow.of(WARMING, "compilers, an image", "µs", compiling));
  }

  private void report(List<Case> cases, LimitRounds limits) {
    Case base = cases.get(0);
    limits.rows().forEach(bench.report()::add);
    bench
        .report()
        .add(Workbench.inTurn(group, base.name(), base.runs, limits.limits()).atLeast(0.90));
    for (Case each : cases.subList(1, cases.size())) {
      bench
          .report()
          .add(
              Workbench.inTurn(group, each.name(), each.runs, Workbench.rates(base.runs))
                  .atLeast(0.95));
    }
    for (Case each : cases) {
      if (each.partitions == PARTITIONS) {
        bench.costs("CPU of an image, " + each.guarantee, each.runs.get(each.runs.size() - 1));
      }
    }
  }

  private ServiceRun run(String guarantee, int partitions)
      throws IOException, InterruptedException {
    return bench
        .servers()
        .run(bench.service(guarantee), partitions, bench.small(), bench.settings().events());
  }
}
