package org.osteon.service.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osteon.event.Decision;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;
import org.osteon.metrics.ModelMetric;
import org.osteon.topology.model.DecisionPolicy;
import org.osteon.topology.model.Judgement;
import org.osteon.topology.model.ModelAnswer;
import org.osteon.topology.model.Triage;

/**
 * What two versions made of the same images, as meters that are shown as long as it is of these
 * two.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Comparison implements AutoCloseable {
  private final List<Meter.Id> shown = new ArrayList<>();
  private final Map<Label, Map<Label, Counter>> labels = new EnumMap<>(Label.class);
  private final Map<Decision, Map<Decision, Counter>> decisions = new EnumMap<>(Decision.class);
  private final Meters meters;
  private final DecisionPolicy active;
  private final DecisionPolicy shadow;
  private final DistributionSummary confidence;
  private final DistributionSummary activeConfidence;
  private final DistributionSummary abnormalChange;

  /** Begins at nothing. */
  Comparison(Meters meters, DecisionPolicy active, DecisionPolicy shadow) {
    this.meters = meters;
    this.active = active;
    this.shadow = shadow;
    String of = active.identity().getVersion();
    String with = shadow.identity().getVersion();
    for (Label first : active.classes()) {
      Map<Label, Counter> row = new EnumMap<>(Label.class);
      for (Label second : shadow.classes()) {
        String[] pair = {of, with, first.name(), second.name()};
        row.put(second, shown(meters.counter(ModelMetric.SHADOW_LABELS, pair)));
      }
      labels.put(first, row);
    }
    for (Decision first : List.of(Decision.REPORT, Decision.REFER)) {
      Map<Decision, Counter> row = new EnumMap<>(Decision.class);
      for (Decision second : List.of(Decision.REPORT, Decision.REFER)) {
        String[] pair = {of, with, first.name(), second.name()};
        row.put(second, shown(meters.counter(ModelMetric.SHADOW_DECISIONS, pair)));
      }
      decisions.put(first, row);
    }
    confidence = shown(meters.summary(ModelMetric.SHADOW_CONFIDENCE, of, with));
    activeConfidence = shown(meters.summary(ModelMetric.SHADOW_ACTIVE_CONFIDENCE, of, with));
    abnormalChange = shown(meters.summary(ModelMetric.SHADOW_ABNORMAL_CHANGE, of, with));
  }

  /** Whether it is of this active version. */
  public boolean isOf(ModelRef version) {
    return active.identity().equals(version);
  }

  /**
   * One image that both answered.
   *
   * @param first logits of the active version
   * @param second logits of the shadow
   */
  public void add(float[] first, float[] second) {
    ModelAnswer one = ModelAnswer.of(active, first);
    ModelAnswer other = ModelAnswer.of(shadow, second);
    Judgement said = judgement(active, one);
    Judgement beside = judgement(shadow, other);
    counter(labels, said.label(), beside.label()).increment();
    counter(decisions, said.decision(), beside.decision()).increment();
    confidence.record(other.largest());
    activeConfidence.record(one.largest());
    abnormalChange.record(Math.abs(one.abnormal() - other.abnormal()));
  }

  @Override
  public void close() {
    shown.forEach(meters::remove);
  }

  /** By the version's own thresholds: overrides by place would compare places, not versions. */
  private static Judgement judgement(DecisionPolicy policy, ModelAnswer answer) {
    return Judgement.of(
        Triage.OF_THE_MODEL.finding(policy, null, "", answer.abnormal(), answer.beyondRepair()),
        answer,
        null);
  }

  private static <K> Counter counter(Map<K, Map<K, Counter>> pairs, K first, K second) {
    return Objects.requireNonNull(Objects.requireNonNull(pairs.get(first)).get(second));
  }

  private <M extends Meter> M shown(M meter) {
    shown.add(meter.getId());
    return meter;
  }
}
