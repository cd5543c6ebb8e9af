package org.osteon.event;

/** Labels as people are shown them. */
public final class LabelWords {
  private LabelWords() {}

  /** The words that a person may read; never a clinical statement, so never "healthy". */
  public static String of(Label label) {
    return switch (label) {
      case HEALTHY -> "no fracture found";
      case FRACTURED -> "fracture";
      case BEYOND_REPAIR -> "complex fracture or non-union, urgent orthopaedic review";
      case UNKNOWN -> "unknown";
    };
  }
}
