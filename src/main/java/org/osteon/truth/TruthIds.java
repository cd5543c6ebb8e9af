package org.osteon.truth;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osteon.digest.Sha256;
import org.osteon.event.Truth;

/** Ids of truths from sources that give none. */
public final class TruthIds {
  private static final int DIGITS = 32;

  private TruthIds() {}

  /**
   * A pure function of what is said, of what and when: the same row is the same truth, no matter
   * who publishes it and how often.
   */
  public static String of(Truth truth) {
    Sha256 sha = new Sha256();
    for (Object part :
        List.of(
            truth.getStudyInstanceUid(),
            String.valueOf(truth.getEventId()),
            truth.getLabel(),
            String.valueOf(truth.getFractureType()),
            String.valueOf(truth.getBodyPart()),
            truth.getRole(),
            truth.getStatus(),
            String.valueOf(truth.getSawAnswer()),
            truth.getSaidAt())) {
      byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
      // With its length, so that no two lists of parts are the same bytes.
      sha.add(text.length + ":").add(text);
    }
    // Only where there is one: ids from before stay as they are.
    if (truth.getAccessionNumber() != null) {
      byte[] order = truth.getAccessionNumber().getBytes(StandardCharsets.UTF_8);
      sha.add(order.length + ":").add(order);
    }
    return sha.hex().substring(0, DIGITS);
  }
}
