package org.osteon.service.rollout;

import java.util.List;
import org.osteon.batch.BatchPipeline;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.model.ModelManifest;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlModel;
import org.osteon.topology.model.ActiveModel;
import org.osteon.topology.model.DecisionPolicy;

/**
 * A version that is loaded, verified and warm on each inference thread of its own pipeline.
 *
 * @param model on its device
 * @param pipeline in front of it
 * @param active what the topology takes of both
 * @param cpus how they are shared out between its threads
 */
public record WarmModel(DjlModel model, BatchPipeline pipeline, ActiveModel active, Cpus cpus)
    implements AutoCloseable {
  static WarmModel of(DjlModel model, BatchPipeline pipeline, Cpus cpus) {
    return new WarmModel(model, pipeline, new ActiveModel(pipeline, policy(model.version())), cpus);
  }

  public String sha256() {
    return model.version().sha256();
  }

  /** {@code name/version}. */
  public String label() {
    return model.version().label();
  }

  @Override
  public void close() {
    pipeline.close();
    model.close();
  }

  /** What the topology must know of it. */
  static DecisionPolicy policy(ModelVersion version) {
    ModelManifest manifest = version.manifest();
    List<Label> classes = manifest.classes().stream().map(Label::valueOf).toList();
    return new DecisionPolicy(
        new ModelRef(manifest.name(), manifest.version(), version.sha256()),
        classes,
        manifest.calibration().temperature(),
        manifest.decision().minRadiographLogit(),
        manifest.decision().doubt(),
        manifest.decision().definite(),
        manifest.decision().criticalProbability());
  }
}
