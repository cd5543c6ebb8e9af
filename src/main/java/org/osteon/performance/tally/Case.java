package org.osteon.performance.tally;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Finding;
import org.osteon.event.Label;

/**
 * What is counted: one study as one model version answered it, with what was found in the end.
 *
 * @param by the version
 * @param traits by which cases are told apart
 * @param day of the first of its images, as days since 1970, UTC
 * @param answer of all its images
 * @param truth null where there is none yet
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Case(Version by, Traits traits, long day, Answer answer, @Nullable Found truth) {

  /** A model version. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Version(String name, String version, String sha256) {}

  /**
   * By which cases are told apart beside their version; null where the results do not say.
   *
   * @param facility code of the site
   * @param bodyPart DICOM's term
   * @param ageBand such as {@code 18-64}
   * @param scanner whatever {@code performance.scanner.attribute} holds
   * @param priority STAT or ROUTINE
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Traits(
      String facility,
      @Nullable String bodyPart,
      @Nullable String ageBand,
      @Nullable String scanner,
      @Nullable String priority) {}

  /**
   * What was answered.
   *
   * @param finding the most severe
   * @param referred whether a person was asked to decide one of the images
   * @param millionths the highest probability of anything wrong, in whole millionths, so that what
   *     is taken back is taken back exactly
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Answer(Finding finding, boolean referred, int millionths) {}

  /**
   * What was found in the end.
   *
   * @param label never UNKNOWN
   * @param sawAnswer whether who says so had seen the answer; null where it is not known
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Found(Label label, @Nullable Boolean sawAnswer) {}
}
