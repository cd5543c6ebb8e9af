package org.osteon.performance.join;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Truth;
import org.osteon.performance.tally.Case;
import org.osteon.performance.tally.Case.Traits;
import org.osteon.performance.tally.CaseChange;

/**
 * All that is known of a study: what versions answered, what people said, and what is counted of it
 * by now.
 *
 * <p>What is to be counted is computed from the answers and what was said, and compared with what
 * is counted: so a correction takes back exactly what was counted, also after a release that counts
 * differently.
 *
 * @param answers one for each version
 * @param said one for each role and subject
 * @param counted the cases that the tally has
 * @param since when its latest image was answered, before the first image when the first truth
 *     came; milliseconds since the epoch
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record StudyRecord(List<Answered> answers, List<Said> said, List<Case> counted, long since)
    implements Remembered.Dated {
  /** Before the first record. */
  static final StudyRecord NEW = new StudyRecord(List.of(), List.of(), List.of(), 0);

  /** Three roles about a few hundred images. */
  private static final int MOST_SAID = 1024;

  /**
   * With an answer.
   *
   * @param at when it was given, milliseconds since the epoch
   * @return an equal one where it is known
   */
  StudyRecord with(ClassificationResult result, Traits traits, long at) {
    Case.Version by = Answered.version(result);
    List<Answered> next = new ArrayList<>(answers);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).by().equals(by)) {
        Answered with = next.get(i).with(result, traits, at);
        if (with.equals(next.get(i))) {
          return this;
        }
        next.set(i, with);
        return new StudyRecord(List.copyOf(next), said, counted, Math.max(since, at));
      }
    }
    next.add(Answered.of(result, traits, at));
    return new StudyRecord(
        List.copyOf(next), said, counted, answers.isEmpty() ? at : Math.max(since, at));
  }

  /**
   * With a truth.
   *
   * @param at when it was published, milliseconds since the epoch
   * @return an equal one where something later is known
   */
  StudyRecord with(Truth truth, long at) {
    return new StudyRecord(
        answers,
        Statements.with(said, Said.of(truth), MOST_SAID),
        counted,
        equals(NEW) ? at : since);
  }

  /** The cases that it makes now, one for each version. */
  private List<Case> cases() {
    return answers.stream().map(each -> each.counted(Statements.found(said, each))).toList();
  }

  /** What the tally is to be told. */
  List<CaseChange.Addressed> changes() {
    Map<Case.Version, Case> before = new LinkedHashMap<>();
    counted.forEach(each -> before.put(each.by(), each));
    List<CaseChange.Addressed> changes = new ArrayList<>();
    for (Case after : cases()) {
      changes.addAll(CaseChange.of(before.remove(after.by()), after));
    }
    before.values().forEach(gone -> changes.addAll(CaseChange.of(gone, null)));
    return changes;
  }

  /** After the tally was told. */
  StudyRecord told() {
    return new StudyRecord(answers, said, cases(), since);
  }
}
