package org.osteon.service;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.device.BatchPredictor;
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
 * @param device makes a pipeline's device of the model, e.g. another that only takes time
 */
public record Hooks(
    PipelineListener pipeline,
    TopologyListener topology,
    Supplier<CommitBarrier> barriers,
    KafkaClients clients,
    UnaryOperator<BatchPredictor.Factory> device) {

  /** With the model itself. */
  public Hooks(
      PipelineListener pipeline,
      TopologyListener topology,
      Supplier<CommitBarrier> barriers,
      KafkaClients clients) {
    this(pipeline, topology, barriers, clients, model -> model);
  }

  /** None. */
  public static Hooks none() {
    return new Hooks(
        PipelineListener.NONE, TopologyListener.NONE, CommitBarrier::new, new KafkaClients());
  }
}
