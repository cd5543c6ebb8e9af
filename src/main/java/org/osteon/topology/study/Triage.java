package org.osteon.topology.study;

import java.util.function.Function;
import org.osteon.config.Thresholds;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Severity;
import org.osteon.topology.model.DecisionPolicy;

/**
 * How soon a person must look at what one result says.
 *
 * <p>A referred result is for the review list and raises nothing: the model does not stand by it.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Triage {
  private final Function<ModelRef, DecisionPolicy> versions;
  private final Thresholds urgent;
  private final Thresholds critical;

  /**
   * @param versions policy of the version that gave a result
   */
  public Triage(
      Function<ModelRef, DecisionPolicy> versions, Thresholds urgent, Thresholds critical) {
    this.versions = versions;
    this.urgent = urgent;
    this.critical = critical;
  }

  /** {@link Severity#UNKNOWN} where no alert is due. */
  Severity of(ClassificationResult result) {
    if (result.getDecision() == Decision.REFER) {
      return Severity.UNKNOWN;
    }
    DecisionPolicy model = versions.apply(result.getModel());
    String part = result.getBodyPart();
    String site = result.getFacility();
    if (beyondRepair(result) >= critical.at(part, site, model.criticalProbability())) {
      return Severity.CRITICAL;
    }
    if (result.getAbnormalProbability() >= urgent.at(part, site, model.urgentProbability())) {
      return Severity.URGENT;
    }
    return Severity.UNKNOWN;
  }

  static double beyondRepair(ClassificationResult result) {
    for (LabelProbability each : result.getProbabilities()) {
      if (each.getLabel() == Label.BEYOND_REPAIR) {
        return each.getProbability();
      }
    }
    return 0;
  }
}
