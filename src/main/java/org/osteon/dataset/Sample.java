package org.osteon.dataset;

/**
 * One image of a data set before it is read.
 *
 * @param file path below the data set's folder, with forward slashes
 * @param label 0 healthy, 1 fractured, 2 beyond repair
 * @param group pictures that must not be split: one patient, one study or near-duplicates
 * @param source where it came from
 * @param split {@code train}, {@code val} or {@code test}; empty while it is not decided
 * @param bodyPart in lower case; empty where it is not known
 * @param detail what is broken and how, in the source's words; may be empty
 * @param quality how far the label is to be trusted, in the source's words; may be empty
 */
public record Sample(
    String file,
    int label,
    String group,
    String source,
    String split,
    String bodyPart,
    String detail,
    String quality) {
  /** Source of images that were drawn, not taken. */
  public static final String SYNTHETIC = "synthetic";

  public Sample inSplit(String other) {
    return new Sample(file, label, group, source, other, bodyPart, detail, quality);
  }

  public Sample inGroup(String other) {
    return new Sample(file, label, other, source, split, bodyPart, detail, quality);
  }
}
