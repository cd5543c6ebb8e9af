package org.osteon.gateway;

import java.util.Collection;
import java.util.Set;

/**
 * The terms of Requested Procedure Priority (0040,1003), and which of them overtake. A sender that
 * says STAT is believed: nothing that another says makes an image less urgent.
 */
final class Urgency {
  private static final Set<String> OVERTAKING = Set.of("STAT", "HIGH");
  private static final Set<String> WAITING = Set.of("ROUTINE", "MEDIUM", "LOW");

  private Urgency() {}

  static boolean isTerm(String text) {
    return OVERTAKING.contains(text) || WAITING.contains(text);
  }

  static boolean isStat(String term) {
    return OVERTAKING.contains(term);
  }

  static boolean isStat(Collection<String> terms) {
    return terms.stream().anyMatch(Urgency::isStat);
  }
}
