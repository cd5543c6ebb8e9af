package org.osteon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osteon.bench.peer.UntrainedVersion;
import org.osteon.bench.rig.Limit;
import org.osteon.model.ModelVersion;

/**
 * Osteon against its {@link Peers}: with the shipped version, and with a network that costs more.
 */
final class Contests {
  private static final int RESNET_SIDE = 224;

  private final Workbench bench;
  private final Peers peers;
  private final Path folder;

  /**
   * @param folder for what peers write
   */
  Contests(Workbench bench, Path folder) {
    this.bench = bench;
    this.folder = folder;
    this.peers =
        new Peers(
            () -> bench.servers().settings(Map.of()),
            folder,
            bench.report(),
            bench.settings().repeats());
  }

  /**
   * @param precision that the service is configured with
   */
  void measure(ModelVersion shipped, String precision) throws IOException, InterruptedException {
    int all = bench.settings().events();
    Peers.Contest own =
        new Peers.Contest(
            "the same graph: peers of Osteon",
            shipped,
            bench.limit(),
            new int[] {1, 2, 4, 8},
            Math.max(200, all / 5));
    Map<String, Double> rates = peers.compare(own, bench.small(), service(all / 2));
    peers.python(own, bench.small(), rates, 1, Workbench.BATCH);
    // The same with a network that more people know, and that costs more.
    Optional<ModelVersion> made = UntrainedVersion.write("resnet18", RESNET_SIDE, folder);
    if (made.isEmpty()) {
      bench
          .report()
          .note("ResNet-18 was not measured: training/train needs PyTorch (training/install).");
      return;
    }
    int events = Math.max(200, all / 8);
    try (Limit limit = Limit.of(made.get(), precision, Workbench.BATCH)) {
      Peers.Contest larger =
          new Peers.Contest(
              "the same graph: ResNet-18 at 224 × 224",
              made.get(),
              limit,
              new int[] {1, 2, 4},
              events);
      peers.compare(larger, bench.small(), service(events));
    }
  }

  private Peers.Service service(int events) {
    return (version, precision) -> {
      Map<String, String> values = bench.configured(Workbench.ALO);
      values.put("model.path", version.folder().toString());
      values.put("inference.precision", precision);
      return bench
          .servers()
          .run(bench.servers().settings(values), Workbench.PARTITIONS, bench.small(), events);
    };
  }
}
