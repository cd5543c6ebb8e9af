package org.osteon.bench.rig;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.bench.flame.CpuCosts;
import org.osteon.bench.peer.RateMeter;
import org.osteon.config.Settings;
import org.osteon.event.ClassificationResult;
import org.osteon.service.Hooks;
import org.osteon.service.KafkaClients;
import org.osteon.service.OsteonService;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * The service from a backlog, until each event has its result.
 *
 * @param imagesPerSecond of the second half of them
 * @param costs CPU microseconds of an image over the same time, by what they went to
 * @param from when it began
 * @param to when the last result was there
 */
public record ServiceRun(double imagesPerSecond, CpuCosts costs, Instant from, Instant to) {
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * Fills topics of its own, and runs the service until they are empty.
   *
   * @param settings with topics of their own; see {@link Backlog#settings}
   * @param pipeline told of each step, e.g. to slow it down
   * @param device makes a pipeline's device of the model
   * @param others processes whose CPU time is counted as well, by what it is to be called
   */
  public static ServiceRun of(
      Settings settings,
      int partitions,
      EventImages images,
      int events,
      PipelineListener pipeline,
      UnaryOperator<BatchPredictor.Factory> device,
      Map<String, Long> others)
      throws IOException, InterruptedException {
    Backlog.fill(settings, partitions, images, events);
    // Written before the meter's latch falls and read after it.
    CpuCosts[] warm = {CpuCosts.now(others)};
    Instant[] from = {Instant.now()};
    RateMeter meter =
        new RateMeter(
            events,
            () -> {
              warm[0] = CpuCosts.now(others);
              from[0] = Instant.now();
            });
    TopologyListener counting =
        new TopologyListener() {
          @Override
          public void forwarded(ClassificationResult result) {
            meter.count();
          }
        };
    Hooks hooks = new Hooks(pipeline, counting, CommitBarrier::new, new KafkaClients(), device);
    try (OsteonService service = OsteonService.start(settings, hooks)) {
      double rate = meter.imagesPerSecond(PATIENCE);
      if (service.health().fatal().isPresent()) {
        throw new IllegalStateException(service.health().fatal().get());
      }
      Instant to = Instant.now();
      CpuCosts costs = CpuCosts.now(others).perImage(warm[0], meter.measured());
      return new ServiceRun(rate, costs, from[0], to);
    }
  }
}
