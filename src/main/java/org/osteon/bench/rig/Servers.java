package org.osteon.bench.rig;

import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.config.Settings;

/**
 * A broker and a registry beside what is measured.
 *
 * @param broker {@code bootstrap.servers}
 * @param registry {@code schema.registry.url}
 * @param brokerPid so that its CPU time is counted as well
 */
public record Servers(String broker, String registry, long brokerPid) {
  /** Settings with topics of their own. */
  public Settings settings(Map<String, String> more) {
    return Backlog.settings(broker, registry, more);
  }

  /** The service from a backlog. */
  public ServiceRun run(Settings own, int partitions, EventImages images, int events)
      throws IOException, InterruptedException {
    return run(own, partitions, images, events, model -> model);
  }

  /** The same with a device of another kind in the model's place. */
  public ServiceRun run(
      Settings own,
      int partitions,
      EventImages images,
      int events,
      UnaryOperator<BatchPredictor.Factory> device)
      throws IOException, InterruptedException {
    Map<String, Long> others = Map.of("the broker", brokerPid);
    return ServiceRun.of(own, partitions, images, events, PipelineListener.NONE, device, others);
  }
}
