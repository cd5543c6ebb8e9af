package org.osteon.service;

import java.util.function.Supplier;
import org.osteon.batch.PipelineListener;
import org.osteon.topology.commit.CommitBarrier;
import org.osteon.topology.listen.TopologyListener;

/**
 * Where a test gets in: to stop the process at a named step, or to take the barrier away and see
 * that records are lost.
 *
 * @param pipeline told of each step of each image, beside the metrics
 * @param topology told of each step of each record, beside the metrics
 * @param barriers makes the commit barrier of each task
 * @param clients makes the Kafka clients
 */
public record Hooks(
    PipelineListener pipeline,
    TopologyListener topology,
    Supplier<CommitBarrier> barriers,
    KafkaClients clients) {

  /** None. */
  public static Hooks none() {
    return new Hooks(
        PipelineListener.NONE, TopologyListener.NONE, CommitBarrier::new, new KafkaClients());
  }
}
