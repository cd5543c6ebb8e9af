package org.osteon.performance.join;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * What is brought to an order's place: a study that was answered, or a truth that names no study.
 *
 * @param study null of a truth
 * @param said what a truth comes to; null of a study
 * @param truth the record's value; null of a study
 * @param at when it was answered or published, milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OfOrder(
    @Nullable String study, @Nullable Said said, byte @Nullable [] truth, long at) {
  static OfOrder answered(String study, long at) {
    return new OfOrder(study, null, null, at);
  }

  static OfOrder found(Said said, byte[] truth, long at) {
    return new OfOrder(null, said, truth, at);
  }
}
