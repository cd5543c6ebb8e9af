package org.osteon.deliver.terms;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osteon.event.Finding;
import org.osteon.event.Label;

/**
 * A coded concept (PS3.3 section 8.8): of DICOM (PS3.16 annex D), of SNOMED CT, of UCUM, or of
 * ours.
 *
 * @param value of at most 16 characters
 * @param scheme coding scheme designator
 * @param meaning what a person reads
 */
public record Code(String value, String scheme, String meaning) {
  /** SNOMED CT, as DICOM calls it. */
  public static final String SCT = "SCT";

  /** Where no standard has the concept. */
  public static final String OURS = "99OSTEON";

  public static final Code FINDING = dcm("121071", "Finding");
  public static final Code PERCENT = new Code("%", "UCUM", "Percent");
  public static final Code LATERALITY = new Code("272741003", SCT, "Laterality");
  public static final Code FINDING_SITE = new Code("363698007", SCT, "Finding Site");

  /** The only one of CID 100 that is true of a radiograph. */
  public static final Code IMAGING = new Code("363679005", SCT, "Imaging procedure");

  public static final Code CERTAINTY = dcm("111012", "Certainty of Finding");
  public static final Code ANYTHING_WRONG =
      new Code("ABNORMAL", OURS, "Probability of any label but none");
  public static final Code URGENT =
      new Code("URGENT", OURS, "Probability of complex fracture or non-union");
  public static final Code STEP = new Code("FINDING", OURS, "Step of the finding");

  /** CID 4031 with PS3.16 annex L's terms, of what radiographs of bones show. */
  private static final Map<String, Code> SITES =
      Map.ofEntries(
          site("ANKLE", "70258002", "Ankle joint"),
          site("ARM", "40983000", "Upper arm"),
          site("CHEST", "51185008", "Chest"),
          site("CLAVICLE", "51299004", "Clavicle"),
          site("ELBOW", "16953009", "Elbow joint"),
          site("FEMUR", "71341001", "Femur"),
          site("FINGER", "7569003", "Finger"),
          site("FOOT", "56459004", "Foot"),
          site("FOREARM", "14975008", "Forearm"),
          site("HAND", "85562004", "Hand"),
          site("HIP", "24136001", "Hip joint"),
          site("HUMERUS", "85050009", "Humerus"),
          site("KNEE", "72696002", "Knee"),
          site("LEG", "30021000", "Lower leg"),
          site("PELVIS", "12921003", "Pelvis"),
          site("RADIUS", "62413002", "Radius"),
          site("SHOULDER", "16982005", "Shoulder"),
          site("SKULL", "89546000", "Skull"),
          site("THUMB", "76505004", "Thumb"),
          site("TOE", "29707007", "Toe"),
          site("ULNA", "23416004", "Ulna"),
          site("WRIST", "74670003", "Wrist joint"));

  /** Of DICOM's own scheme. */
  public static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  /** Where it was looked; empty where no code is known for the term. */
  public static Optional<Code> site(String bodyPart) {
    return Optional.ofNullable(SITES.get(bodyPart.toUpperCase(Locale.ROOT)));
  }

  /** CID 244; empty where the side is unknown. */
  public static Optional<Code> side(String laterality) {
    return Optional.ofNullable(
        switch (laterality) {
          case "R" -> new Code("24028007", SCT, "Right");
          case "L" -> new Code("7771000", SCT, "Left");
          case "B" -> new Code("51440002", SCT, "Bilateral");
          default -> null;
        });
  }

  /** What is seen; never that somebody is healthy. */
  public static Code of(Label label) {
    return switch (label) {
      case HEALTHY -> new Code("281900007", SCT, "No abnormality detected");
      case FRACTURED -> new Code("125605004", SCT, "Fracture of bone");
      case BEYOND_REPAIR -> new Code("COMPLEX", OURS, "Complex fracture or non-union");
      case UNKNOWN -> new Code("UNKNOWN", OURS, "Unknown");
    };
  }

  public static Code of(Finding finding) {
    return switch (finding) {
      case NONE -> new Code("NONE", OURS, "Nothing found");
      case DOUBT -> new Code("DOUBT", OURS, "In doubt: a person decides");
      case DEFINITE -> new Code("DEFINITE", OURS, "Definite");
      case CRITICAL -> new Code("CRITICAL", OURS, "Critical: look now");
      case UNKNOWN -> new Code("UNKNOWN", OURS, "Unknown");
    };
  }

  private static Map.Entry<String, Code> site(String term, String value, String meaning) {
    return Map.entry(term, new Code(value, SCT, meaning));
  }
}
