package org.osteon.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.image.InputSpec;

/**
 * {@code model.json} of a version folder. What serving does not need (metrics, data, code) is left
 * in the file.
 *
 * @param name the model's name
 * @param version the version
 * @param classes labels in the order of the logits
 * @param input what the graph takes
 * @param outputs what it gives beside logits; null of old versions
 * @param variants file of each precision: {@code f32} always, {@code bf16}, {@code fp16} and {@code
 *     int8} perhaps, the more precise first
 * @param calibration how logits become probabilities
 * @param decision operating points
 * @param golden inputs and the outputs they must give
 * @param files SHA-256 of each file of the folder but this one, lower-case hex
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelManifest(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String version,
    @JsonProperty(required = true) List<String> classes,
    @JsonProperty(required = true) Input input,
    @JsonSetter(nulls = Nulls.SET) @Nullable Outputs outputs,
    @JsonProperty(required = true) Map<String, String> variants,
    @JsonProperty(required = true) Calibration calibration,
    @JsonProperty(required = true) Decision decision,
    @JsonProperty(required = true) Golden golden,
    @JsonProperty(required = true) Map<String, String> files) {

  /**
   * @param height rows, pixels
   * @param width columns, pixels
   * @param resize {@code letterbox} or {@code stretch}
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Input(
      @JsonProperty(required = true) int height,
      @JsonProperty(required = true) int width,
      @JsonProperty(required = true) String resize) {}

  /**
   * @param regions how marks of the maps become regions; null where they are not told of
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Outputs(@JsonSetter(nulls = Nulls.SET) @Nullable Regions regions) {}

  /**
   * Chosen on the validation split, see {@code regions.py}.
   *
   * @param leastMargin in logits, of a mark that is told of though it is not the surest
   * @param slope of the logistic function that makes a score of a margin
   * @param offset likewise
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Regions(
      @JsonProperty(required = true) double leastMargin,
      @JsonProperty(required = true) double slope,
      @JsonProperty(required = true) double offset) {
    /** Share of marks of such a margin that lay where something was. */
    public double score(double margin) {
      return 1 / (1 + Math.exp(-slope * margin - offset));
    }
  }

  /** How its marks become regions; null where it does not say where. */
  public @Nullable Regions regions() {
    return outputs == null ? null : outputs.regions();
  }

  /**
   * @param temperature logits are divided by it before the softmax; above 0
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Calibration(@JsonProperty(required = true) double temperature) {}

  /**
   * Thresholds, chosen on the validation split of the version's data. The last two are those of
   * versions that were published before there were findings: what they lack is derived from them.
   *
   * @param minRadiographLogit below this mean of the logits the picture is no radiograph of what
   *     the model knows, and a person decides; null where the version cannot tell
   * @param doubtProbability from this probability of anything but healthy on there is doubt
   * @param definiteProbability from this probability of anything but healthy on it is definite
   * @param criticalProbability from this probability of beyond repair on it is critical
   * @param minConfidence below this probability of the best label a person decided
   * @param urgentProbability from this probability of anything but healthy on it was urgent
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Decision(
      @JsonSetter(nulls = Nulls.SET) @Nullable Double minRadiographLogit,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double doubtProbability,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double definiteProbability,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double criticalProbability,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double minConfidence,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double urgentProbability) {

    /** Whether it names the thresholds of findings. */
    public boolean isComplete() {
      return doubtProbability != null && definiteProbability != null;
    }

    /**
     * Where doubt begins. Of an older version: where it would have alerted or been less than sure,
     * whichever comes first, so that nothing is silent that was not.
     */
    public @Nullable Double doubt() {
      if (doubtProbability != null || minConfidence == null) {
        return doubtProbability == null ? urgentProbability : doubtProbability;
      }
      double unsure = 1 - minConfidence;
      return urgentProbability == null ? unsure : Math.min(urgentProbability, unsure);
    }

    /**
     * Where a finding is definite. Of an older version: where it was sure and would have alerted.
     */
    public @Nullable Double definite() {
      if (definiteProbability != null || minConfidence == null) {
        return definiteProbability == null ? urgentProbability : definiteProbability;
      }
      double sure = Math.max(minConfidence, 1 - minConfidence);
      return urgentProbability == null ? sure : Math.max(urgentProbability, sure);
    }
  }

  /**
   * @param file an {@code .npz} in the folder
   * @param inputs name of its array {@code uint8 [N, 1, H, W]}
   * @param outputs name of its array {@code float32 [N, K]}, logits of the f32 variant
   * @param tolerance for each variant, the largest difference of a logit
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Golden(
      @JsonProperty(required = true) String file,
      @JsonProperty(required = true) String inputs,
      @JsonProperty(required = true) String outputs,
      @JsonProperty(required = true) Map<String, Double> tolerance) {}

  /** The plane that the graph takes. */
  public InputSpec inputSpec() {
    return new InputSpec(
        input.height(),
        input.width(),
        InputSpec.Resize.valueOf(input.resize().toUpperCase(Locale.ROOT)));
  }
}
