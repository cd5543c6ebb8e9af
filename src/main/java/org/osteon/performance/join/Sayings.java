package org.osteon.performance.join;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;

/**
 * What people said of studies, for who reads it once instead of joining it in the stream: the same
 * statement takes the same statement's place, by the same rules.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Sayings {
  /** As many as the stream keeps of a study. */
  private static final int MOST = 1024;

  private final Map<String, List<Said>> said = new HashMap<>();
  private final Map<Said, String> types = new HashMap<>();

  /**
   * What was found of one image.
   *
   * @param label never UNKNOWN
   * @param role the weightiest that says it
   * @param ofTheImage whether it was said of this image, or of a study that leaves no doubt: one
   *     that is healthy or has no other image
   * @param disputed whether a second reader and the report say different things and no follow-up
   *     has decided
   * @param fractureType in the site's terms; null where none is given
   */
  public record Found(
      Label label,
      TruthRole role,
      boolean ofTheImage,
      boolean disputed,
      @Nullable String fractureType) {}

  /** Takes a truth; one that comes again changes nothing. */
  public void add(Truth truth) {
    Said one = Said.of(truth);
    List<Said> before = said.getOrDefault(truth.getStudyInstanceUid(), List.of());
    said.put(truth.getStudyInstanceUid(), Statements.with(before, one, MOST));
    if (truth.getFractureType() != null) {
      types.put(one, truth.getFractureType());
    }
  }

  /**
   * What counts of an image.
   *
   * @param images of the study that were answered
   * @return null where the truths do not suffice
   */
  public @Nullable Found of(String study, String event, int images) {
    List<Said> counting =
        said.getOrDefault(study, List.of()).stream()
            .filter(Said::counts)
            .filter(each -> each.event() == null || each.event().equals(event))
            .toList();
    for (TruthRole role : Statements.BY_WEIGHT) {
      Said counts = of(counting, role);
      if (counts != null) {
        boolean certain = counts.event() != null || counts.label() == Label.HEALTHY || images <= 1;
        return new Found(
            counts.label(), role, certain, disputed(counting, counts), types.get(counts));
      }
    }
    return null;
  }

  /** What the role says of the image, else of its study. */
  private static @Nullable Said of(List<Said> counting, TruthRole role) {
    Said ofTheStudy = null;
    for (Said each : counting) {
      if (each.role() == role && each.event() != null) {
        return each;
      }
      ofTheStudy = each.role() == role ? each : ofTheStudy;
    }
    return ofTheStudy;
  }

  private static boolean disputed(List<Said> counting, Said counts) {
    Said report = of(counting, TruthRole.REPORT);
    return counts.role() == TruthRole.SECOND_READER
        && report != null
        && report.label() != counts.label();
  }
}
