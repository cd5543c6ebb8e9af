package org.osteon.teaching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.digest.Sha256;

/**
 * Which cases teach most, and which are kept apart to measure by.
 *
 * <p>Patients are parted first, by a digest of their pseudonym, so that each stays on its side in
 * each later export: a fifth is for measuring, half of these for validation and half for the test.
 * Of them cases are taken as they come, whatever was answered, because operating points and figures
 * must be those of the department and not of its hardest cases. Of the others, who teach, missed
 * ones go before misread and doubted ones (two to one to one), within each those first whose loss
 * is greatest; then as many right ones, by a digest, that the version does not unlearn what it knew
 * and that what it learns is not that everything is wrong.
 *
 * @param cases to be exported, each once
 * @param counts what was there and what was taken
 */
public record Choice(List<Chosen> cases, Map<CaseKind, Integer> counts) {
  /** Taken in turns; a kind that has no more leaves its turns to the others. */
  private static final List<CaseKind> TURNS =
      List.of(CaseKind.MISSED, CaseKind.MISREAD, CaseKind.MISSED, CaseKind.DOUBTED);

  private static final int PARTS = 10;

  /** A case and its split: {@code train}, {@code val} or {@code test}. */
  public record Chosen(TeachingCase of, String split) {}

  /**
   * How many.
   *
   * @param images that teach, at most; as many again may be measured by
   * @param perPatient that teach, at most: one patient's bones must not become what bones are
   * @param withoutStudyTruths leaves out images of studies where no truth says which image shows it
   */
  public record Limits(int images, int perPatient, boolean withoutStudyTruths) {}

  /** Chooses; the same cases give the same choice. */
  public static Choice of(List<TeachingCase> all, Limits limits) {
    List<TeachingCase> usable =
        all.stream()
            .filter(each -> !each.found().disputed())
            .filter(each -> each.found().ofTheImage() || !limits.withoutStudyTruths())
            .toList();
    Map<CaseKind, Integer> counts = new EnumMap<>(CaseKind.class);
    usable.forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    List<Chosen> chosen = new ArrayList<>();
    usable.stream()
        .filter(each -> part(each) < 2)
        .sorted(Comparator.comparing(each -> digest(each.answer().event())))
        .limit(limits.images)
        .forEach(each -> chosen.add(new Chosen(each, part(each) == 0 ? "test" : "val")));
    taught(usable.stream().filter(each -> part(each) >= 2).toList(), limits)
        .forEach(each -> chosen.add(new Chosen(each, "train")));
    return new Choice(List.copyOf(chosen), counts);
  }

  private static List<TeachingCase> taught(List<TeachingCase> all, Limits limits) {
    Map<CaseKind, Deque<TeachingCase>> queues = new EnumMap<>(CaseKind.class);
    for (CaseKind kind : CaseKind.values()) {
      Comparator<TeachingCase> order =
          kind == CaseKind.RIGHT
              ? Comparator.comparing(each -> digest(each.answer().event()))
              : Comparator.<TeachingCase>comparingDouble(each -> -each.loss())
                  .thenComparing(each -> each.answer().event());
      queues.put(
          kind,
          new ArrayDeque<>(
              all.stream().filter(each -> each.kind() == kind).sorted(order).toList()));
    }
    Map<String, Integer> ofPatient = new HashMap<>();
    List<TeachingCase> wrong = new ArrayList<>();
    // The half; the other half is for right ones.
    int half = (limits.images + 1) / 2;
    for (int turn = 0; wrong.size() < half && left(queues); turn++) {
      take(queues, TURNS.get(turn % TURNS.size()), ofPatient, limits, wrong);
    }
    List<TeachingCase> right = new ArrayList<>();
    Deque<TeachingCase> others = queues.getOrDefault(CaseKind.RIGHT, new ArrayDeque<>());
    while (right.size() < Math.min(wrong.size(), limits.images - half) && !others.isEmpty()) {
      take(queues, CaseKind.RIGHT, ofPatient, limits, right);
    }
    wrong.addAll(right);
    return wrong;
  }

  private static boolean left(Map<CaseKind, Deque<TeachingCase>> queues) {
    return TURNS.stream()
        .anyMatch(kind -> !queues.getOrDefault(kind, new ArrayDeque<>()).isEmpty());
  }

  /** Takes the first whose patient has not given enough; drops those before. */
  private static void take(
      Map<CaseKind, Deque<TeachingCase>> queues,
      CaseKind kind,
      Map<String, Integer> ofPatient,
      Limits limits,
      List<TeachingCase> into) {
    Deque<TeachingCase> queue = queues.getOrDefault(kind, new ArrayDeque<>());
    while (!queue.isEmpty()) {
      TeachingCase next = queue.remove();
      if (ofPatient.merge(next.answer().patient(), 1, Integer::sum) <= limits.perPatient) {
        into.add(next);
        return;
      }
    }
  }

  private static int part(TeachingCase of) {
    return Integer.parseInt(digest(of.answer().patient()).substring(0, 6), 16) % PARTS;
  }

  /**
   * A name for what has one already: stable from export to export, and of no use to who does not
   * hold the topics.
   */
  static String digest(String of) {
    return new Sha256().add("osteon-teaching:" + of).hex();
  }
}
