package org.osteon.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.bench.rig.EventImages;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.Limit;
import org.osteon.bench.rig.Servers;
import org.osteon.bench.rig.ServiceRun;
import org.osteon.bench.rig.SimulatedDevice;
import org.osteon.bench.table.BenchReport;
import org.osteon.bench.table.BenchRow;
import org.osteon.config.Settings;

/**
 * What every part measures with: the servers, the limit beside them, and where rows go.
 *
 * @param limit of the version and the precision that the service runs
 * @param small images that most parts send
 */
record Workbench(
    BenchSettings settings, Servers servers, Limit limit, ImageSet small, BenchReport report) {
  static final int PARTITIONS = 12;

  /** Images in a call of the model. */
  static final int BATCH = 16;

  static final String ALO = "at_least_once";
  static final String EOS = "exactly_once_v2";

  /** What the service is told, but for where its servers and topics are. */
  Map<String, String> configured(String guarantee) {
    Map<String, String> values = new HashMap<>(settings.service());
    values.put("processing.guarantee", guarantee);
    values.put("model.path", settings.model().toString());
    return values;
  }

  /** The same with topics of its own. */
  Settings service(String guarantee) {
    return servers.settings(configured(guarantee));
  }

  /** The service at least once, from a backlog of all partitions. */
  ServiceRun run(ImageSet images, int events) throws IOException, InterruptedException {
    return servers.run(service(ALO), PARTITIONS, images, events);
  }

  /**
   * The service with a device in the model's place that only takes time.
   *
   * @param more settings
   */
  ServiceRun run(
      EventImages images,
      SimulatedDevice device,
      Map<String, String> more,
      String guarantee,
      int events)
      throws IOException, InterruptedException {
    Map<String, String> values = configured(guarantee);
    values.putAll(SimulatedDevice.settings());
    values.putAll(more);
    return servers.run(
        servers.settings(values), PARTITIONS, images, events, model -> device.predictors());
  }

  /** Where the CPU time of an image went in a run. */
  void costs(String group, ServiceRun run) {
    run.costs().micros().forEach((name, each) -> report.add(BenchRow.of(group, name, "µs", each)));
    // Other work on the machine slows all of it down, and changes no share of it.
    report.add(
        BenchRow.of(group, "decode and inference ÷ all CPUs' time", "µs", run.costs().useful())
            .over(Runtime.getRuntime().availableProcessors() * 1e6 / run.imagesPerSecond()));
  }

  static BenchRow row(String group, String name, List<ServiceRun> runs) {
    double[] rates = runs.stream().mapToDouble(ServiceRun::imagesPerSecond).toArray();
    return BenchRow.of(group, name, "images/s", rates);
  }

  static BenchRow inTurn(String group, String name, List<ServiceRun> runs, List<Double> others) {
    return BenchRow.inTurn(group, name, "images/s", rates(runs), others);
  }

  static List<Double> rates(List<ServiceRun> runs) {
    return runs.stream().map(ServiceRun::imagesPerSecond).toList();
  }
}
