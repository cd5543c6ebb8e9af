package org.osteon.service.canary;

/** What a canary is judged by. */
enum Criterion {
  FAILED("failed on %d of %d studies", "model.canary.max.failed"),
  LATE("held %d of %d studies for too long", "model.canary.max.late"),
  DISAGREED("gave another label to %d of %d studies", "model.canary.max.disagreement"),
  REFERRED_MORE(
      "referred %d of %d studies that the active version did not",
      "model.canary.max.referral.change"),
  REFERRED_LESS(
      "did not refer %d of %d studies that the active version did",
      "model.canary.max.referral.change"),
  SLOW("took too many times as long over %d of %d studies", "model.canary.max.latency.ratio");

  private final String words;
  private final String key;

  Criterion(String words, String key) {
    this.words = words;
    this.key = key;
  }

  /** One sentence of what was seen. */
  String sentence(long hits, long of, String group) {
    return ("It " + words + "%s, more than %s allows.").formatted(hits, of, group, key);
  }
}
