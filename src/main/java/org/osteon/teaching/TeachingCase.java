package org.osteon.teaching;

import org.osteon.event.Finding;
import org.osteon.performance.join.Sayings;

/**
 * One image that was answered, with what was found.
 *
 * @param answer what was answered
 * @param found what was found
 * @param kind how they stand to each other
 * @param loss how much the answer was worth, as training reckons it: minus the logarithm of the
 *     probability that the version gave to what was found; 0 is certain and right
 */
public record TeachingCase(Answer answer, Sayings.Found found, CaseKind kind, double loss) {

  /**
   * The answer, and where its image is.
   *
   * @param event id of its event
   * @param study Study Instance UID as in the event
   * @param patient pseudonym; the study where the event has none
   * @param facility code of the site
   * @param bodyPart DICOM's term; empty where none is given
   * @param version {@code NAME/VERSION}
   * @param finding what was answered
   * @param abnormal probability of anything wrong
   * @param picture the file's digest and size
   * @param at when it was answered, milliseconds since the epoch
   */
  public record Answer(
      String event,
      String study,
      String patient,
      String facility,
      String bodyPart,
      String version,
      Finding finding,
      double abnormal,
      Picture picture,
      long at) {}

  /**
   * The file that was answered.
   *
   * @param sha256 of its bytes
   * @param width pixels as displayed
   * @param height likewise
   */
  public record Picture(String sha256, int width, int height) {}
}
