package org.osteon.topology.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osteon.event.Label;
import org.osteon.event.ModelRef;

class DecisionPolicyTest {
  private static final float[] CLEAR = {4f, 0f, -1f};
  private static final float[] DOUBT = {1.2f, 1f, 0.8f};

  @Test
  void aClearAnswerStands() {
    assertThat(reason(CLEAR, 0.0)).isNull();
  }

  @Test
  void aDoubtfulAnswerIsReferred() {
    assertThat(reason(DOUBT, 0.0)).isEqualTo("LOW_CONFIDENCE");
  }

  @Test
  void whatIsNoRadiographIsReferredHoweverClearTheAnswer() {
    float[] low = {CLEAR[0] - 3, CLEAR[1] - 3, CLEAR[2] - 3};
    assertThat(policy(0.0).probabilities(low)[0])
        .as("the softmax ignores the mean")
        .isEqualTo(policy(0.0).probabilities(CLEAR)[0], within(1e-9));
    assertThat(reason(low, 0.0)).isEqualTo("NOT_A_RADIOGRAPH");
  }

  @Test
  void aVersionThatCannotTellRefersForDoubtOnly() {
    assertThat(reason(new float[] {-10f, -20f, -20f}, null)).isNull();
  }

  private static @Nullable String reason(float[] logits, @Nullable Double minRadiographLogit) {
    DecisionPolicy policy = policy(minRadiographLogit);
    double confidence = 0;
    for (double probability : policy.probabilities(logits)) {
      confidence = Math.max(confidence, probability);
    }
    return policy.referReason(logits, confidence);
  }

  private static DecisionPolicy policy(@Nullable Double minRadiographLogit) {
    List<Label> classes = List.of(Label.HEALTHY, Label.FRACTURED, Label.BEYOND_REPAIR);
    return new DecisionPolicy(
        new ModelRef("m", "1", "00"), classes, 1.0, 0.6, minRadiographLogit, null, null);
  }
}
