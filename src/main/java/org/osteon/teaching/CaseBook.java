package org.osteon.teaching;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Finding;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.Truth;
import org.osteon.performance.join.Sayings;

/**
 * The answers of a period and what was found, by image. Results first, then truths, which may be
 * older than the period: only those of its studies are kept. Of an image that was answered more
 * than once the last answer counts.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class CaseBook {
  /** Below that a probability is as good as none: float32 of a softmax. */
  private static final double LEAST = 1e-6;

  private final Sayings sayings = new Sayings();
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Map<String, Set<String>> images = new HashMap<>();

  /** By accession number, for truths that name nothing else. */
  private final Map<String, Set<String>> studies = new HashMap<>();

  private final Map<String, String> words = new HashMap<>();
  private final @Nullable String version;

  private record Kept(TeachingCase.Answer answer, Map<Label, Double> probabilities) {}

  /**
   * @param version {@code NAME/VERSION} whose answers count; null for whichever answered last
   */
  public CaseBook(@Nullable String version) {
    this.version = version;
  }

  /** Takes a truth, after all results. */
  public void add(Truth truth) {
    String accession = truth.getAccessionNumber();
    if (images.containsKey(truth.getStudyInstanceUid())) {
      sayings.add(truth);
    } else if (truth.getStudyInstanceUid().isEmpty() && accession != null) {
      for (String study : studies.getOrDefault(accession, Set.of())) {
        sayings.add(Truth.newBuilder(truth).setStudyInstanceUid(study).build());
      }
    }
  }

  /** Takes a result. */
  public void add(ClassificationResult result) {
    String study = result.getStudyInstanceUid();
    String by = result.getModel().getName() + "/" + result.getModel().getVersion();
    // From before there were findings: nothing says whether it was a doubt.
    if (result.getFinding() == Finding.UNKNOWN) {
      return;
    }
    images.computeIfAbsent(study, any -> new HashSet<>(2)).add(result.getEventId());
    if (result.getAccessionNumber() != null) {
      studies.computeIfAbsent(result.getAccessionNumber(), any -> new HashSet<>(2)).add(study);
    }
    if (version != null && !version.equals(by)) {
      return;
    }
    Map<Label, Double> probabilities = new EnumMap<>(Label.class);
    for (LabelProbability each : result.getProbabilities()) {
      probabilities.put(each.getLabel(), each.getProbability());
    }
    Kept next = new Kept(answer(result, by), probabilities);
    kept.merge(
        result.getEventId(),
        next,
        (old, now) -> now.answer().at() >= old.answer().at() ? now : old);
  }

  private TeachingCase.Answer answer(ClassificationResult result, String by) {
    String patient = result.getPatientPseudonym();
    return new TeachingCase.Answer(
        result.getEventId(),
        result.getStudyInstanceUid(),
        patient == null || patient.isBlank() ? result.getStudyInstanceUid() : patient,
        word(result.getFacility()),
        word(Objects.requireNonNullElse(result.getBodyPart(), "")),
        word(by),
        result.getFinding(),
        result.getAbnormalProbability(),
        new TeachingCase.Picture(
            result.getImage().getSha256(),
            result.getImage().getWidth(),
            result.getImage().getHeight()),
        result.getProcessedAt().toEpochMilli());
  }

  /** The same few words in many results take their memory once. */
  private String word(String text) {
    return words.computeIfAbsent(text, same -> same);
  }

  /** Images of which is known what was found, in the order of their answers. */
  public List<TeachingCase> cases() {
    List<TeachingCase> cases = new ArrayList<>();
    for (Kept each : kept.values()) {
      TeachingCase.Answer answer = each.answer();
      Sayings.Found found =
          sayings.of(
              answer.study(), answer.event(), images.getOrDefault(answer.study(), Set.of()).size());
      if (found != null) {
        cases.add(
            new TeachingCase(
                answer,
                found,
                CaseKind.of(answer.finding(), found.label()),
                loss(each, found.label())));
      }
    }
    return cases;
  }

  /** A version of two classes knows of no severe ones: what counts is that something is wrong. */
  private static double loss(Kept kept, Label found) {
    Double own = kept.probabilities().get(found);
    double probability = own == null ? kept.answer().abnormal() : own;
    return -Math.log(Math.max(LEAST, Math.min(1, probability)));
  }
}
