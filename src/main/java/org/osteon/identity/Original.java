package org.osteon.identity;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What pseudonyms stand for: an image's own UIDs, and of its header what an archive needs to put
 * something beside it.
 *
 * @param studyUid Study Instance UID (0020,000D)
 * @param seriesUid Series Instance UID (0020,000E), or empty
 * @param instanceUid SOP Instance UID (0008,0018)
 * @param sopClass SOP Class UID (0008,0016), or empty
 * @param attributes values by tag ({@code group << 16 | element}), as they stand in the header in
 *     the character set that 0008,0005 names, a byte a character; of an image only of {@link
 *     #WANTED}, of an order its two numbers
 */
public record Original(
    String studyUid,
    String seriesUid,
    String instanceUid,
    String sopClass,
    Map<Integer, String> attributes) {
  public static final int CHARACTER_SET = 0x0008_0005;
  public static final int STUDY_DATE = 0x0008_0020;
  public static final int STUDY_TIME = 0x0008_0030;
  public static final int ACCESSION_NUMBER = 0x0008_0050;
  public static final int REFERRING_PHYSICIAN = 0x0008_0090;
  public static final int PATIENT_NAME = 0x0010_0010;
  public static final int PATIENT_ID = 0x0010_0020;
  public static final int ISSUER_OF_PATIENT_ID = 0x0010_0021;
  public static final int BIRTH_DATE = 0x0010_0030;
  public static final int SEX = 0x0010_0040;
  public static final int STUDY_ID = 0x0020_0010;
  public static final int INSTANCE_NUMBER = 0x0020_0013;

  /** Of an order, as the placer's system has it: number, and whose it is behind a caret. */
  public static final int PLACER_ORDER_NUMBER = 0x0040_2016;

  /** The same as the filler's has it. */
  public static final int FILLER_ORDER_NUMBER = 0x0040_2017;

  /** What is kept of an image: the patient, the order and the study, nothing of what was seen. */
  public static final Set<Integer> WANTED =
      Set.of(
          CHARACTER_SET,
          STUDY_DATE,
          STUDY_TIME,
          ACCESSION_NUMBER,
          REFERRING_PHYSICIAN,
          PATIENT_NAME,
          PATIENT_ID,
          ISSUER_OF_PATIENT_ID,
          BIRTH_DATE,
          SEX,
          STUDY_ID,
          INSTANCE_NUMBER);

  public Original {
    attributes = Map.copyOf(new TreeMap<>(attributes));
  }

  /** An order's: its numbers and nothing else, in ASCII. */
  public static Original ofOrder(String placer, String filler) {
    return new Original(
        "", "", "", "", Map.of(PLACER_ORDER_NUMBER, placer, FILLER_ORDER_NUMBER, filler));
  }

  /** With what is known of its order beside it. */
  public Original with(Map<Integer, String> further) {
    Map<Integer, String> all = new TreeMap<>(attributes);
    all.putAll(further);
    return new Original(studyUid, seriesUid, instanceUid, sopClass, all);
  }

  /** The value, or nothing. */
  public String of(int tag) {
    return attributes.getOrDefault(tag, "");
  }

  /** The value as people read it, out of its character set, or nothing. */
  public String text(int tag) {
    return CharacterSets.decode(of(tag), of(CHARACTER_SET));
  }

  /** Without a word of what it holds. */
  @Override
  public String toString() {
    return "Original";
  }
}
