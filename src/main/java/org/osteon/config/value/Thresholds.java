package org.osteon.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A probability from which something happens, with others for body parts and facilities: {@code
 * model, HAND=0.7, @ward-7=0.9, HAND@ward-7=off}.
 *
 * <p>The most particular rule wins: a body part at a facility, then the facility, then the body
 * part, then everywhere; where none speaks, the model's own.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Thresholds {
  /** Reached by no probability. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  /** The model's own everywhere. */
  public static final Thresholds OF_THE_MODEL = new Thresholds(List.of());

  static final String RANGE =
      "model, off or a probability above 0 and below 1, for everywhere, and the same after"
          + " BODYPART=, @FACILITY= or BODYPART@FACILITY=, separated by commas";

  private static final Pattern RULE = Pattern.compile("(?:([^@=,]*)(?:@([^=,]+))?=)?([^=,]+)");

  private final List<Rule> rules;

  private Thresholds(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * One rule; null stands for all.
   *
   * @param probability null for the model's own
   */
  private record Rule(
      @Nullable String bodyPart, @Nullable String facility, @Nullable Double probability) {
    boolean covers(@Nullable String part, String site) {
      return (bodyPart == null || bodyPart.equals(part))
          && (facility == null || facility.equals(site));
    }

    int particularity() {
      return (facility == null ? 0 : 2) + (bodyPart == null ? 0 : 1);
    }
  }

  /**
   * @throws IllegalArgumentException where it is none, with {@link #RANGE}
   */
  public static Thresholds parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher matcher = RULE.matcher(each.trim());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(RANGE);
      }
      Rule rule =
          new Rule(part(matcher.group(1)), name(matcher.group(2)), probability(matcher.group(3)));
      for (Rule other : rules) {
        boolean same =
            other.particularity() == rule.particularity()
                && String.valueOf(other.bodyPart).equals(String.valueOf(rule.bodyPart))
                && String.valueOf(other.facility).equals(String.valueOf(rule.facility));
        if (same) {
          throw new IllegalArgumentException(RANGE + ", each place once");
        }
      }
      rules.add(rule);
    }
    return new Thresholds(rules);
  }

  /**
   * The threshold that holds there.
   *
   * @param bodyPart DICOM's term, in any case; null where the image does not say
   * @param model the model's own, null where it has none
   * @return a probability, or {@link #NEVER}
   */
  public double at(@Nullable String bodyPart, String facility, @Nullable Double model) {
    String part = part(bodyPart);
    Rule best = null;
    for (Rule rule : rules) {
      if (rule.covers(part, facility)
          && (best == null || rule.particularity() > best.particularity())) {
        best = rule;
      }
    }
    Double own = best == null ? null : best.probability;
    Double chosen = own == null ? model : own;
    // Training writes 1 where it had nothing to choose by; a softmax may round up to it.
    return chosen == null || chosen >= 1 ? NEVER : chosen;
  }

  /** Whether any rule gives a probability, so that a model without one may still raise. */
  public boolean speaks() {
    return rules.stream().anyMatch(rule -> rule.probability != null && rule.probability < 1);
  }

  private static @Nullable String part(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.trim().toUpperCase(Locale.ROOT);
  }

  private static @Nullable String name(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.trim();
  }

  private static @Nullable Double probability(String text) {
    String word = text.trim();
    if (word.equals("model")) {
      return null;
    }
    if (word.equals("off")) {
      return NEVER;
    }
    double value;
    try {
      value = Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(RANGE, e);
    }
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(RANGE);
    }
    return value;
  }
}
