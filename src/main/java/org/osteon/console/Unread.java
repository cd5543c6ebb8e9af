package org.osteon.console;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;
import org.osteon.limit.BoundedMap;

/**
 * Reports of which no rule could tell what they found, and of which no person has said it since.
 *
 * <p><b>Threading.</b> Held by {@link Live}'s lock.
 */
final class Unread {
  private static final int SHOWN = 100;
  private static final int REMEMBERED = 5000;

  /** The latest that the report said of each study, whole studies only. */
  private final Map<String, Truth> latest = new HashMap<>();

  /** The same of orders, by accession number: their studies may be read before or after. */
  private final Map<String, Truth> ofOrders = BoundedMap.byAge(REMEMBERED);

  private final Map<String, Set<String>> studies = BoundedMap.byAge(REMEMBERED);

  /** When a report last said of a study what a rule could tell. */
  private final Map<String, Instant> told = BoundedMap.byAge(REMEMBERED);

  void add(Truth truth) {
    boolean report = truth.getRole() == TruthRole.REPORT && truth.getEventId() == null;
    boolean stands =
        truth.getStatus() == TruthStatus.FINAL || truth.getStatus() == TruthStatus.CORRECTED;
    String study = truth.getStudyInstanceUid();
    String accession = truth.getAccessionNumber();
    if (!report) {
      return;
    }
    if (study.isEmpty()) {
      if (accession != null && (stands || truth.getStatus() == TruthStatus.WITHDRAWN)) {
        ofOrder(accession, truth);
      }
      return;
    }
    Truth before = latest.get(study);
    Instant answered = told.get(study);
    if ((before != null && before.getSaidAt().isAfter(truth.getSaidAt()))
        || (answered != null && answered.isAfter(truth.getSaidAt()))) {
      return;
    }
    if (stands && truth.getLabel() == Label.UNKNOWN) {
      latest.put(study, truth);
    } else if (stands || truth.getStatus() == TruthStatus.WITHDRAWN) {
      latest.remove(study);
      told.put(study, truth.getSaidAt());
    }
  }

  private void ofOrder(String accession, Truth truth) {
    Truth before = ofOrders.get(accession);
    if (before == null || !before.getSaidAt().isAfter(truth.getSaidAt())) {
      ofOrders.put(accession, truth);
      studies.getOrDefault(accession, Set.of()).forEach(study -> add(of(study, truth)));
    }
  }

  /** A study is of its order from its first answer on. */
  void answered(ClassificationResult result) {
    String accession = result.getAccessionNumber();
    if (accession == null) {
      return;
    }
    Set<String> known = studies.getOrDefault(accession, Set.of());
    if (known.contains(result.getStudyInstanceUid())) {
      return;
    }
    Set<String> next = new HashSet<>(known);
    next.add(result.getStudyInstanceUid());
    studies.put(accession, next);
    Truth truth = ofOrders.get(accession);
    if (truth != null) {
      add(of(result.getStudyInstanceUid(), truth));
    }
  }

  private static Truth of(String study, Truth truth) {
    return Truth.newBuilder(truth).setStudyInstanceUid(study).build();
  }

  long size() {
    return latest.size();
  }

  /** The newest. */
  List<Truth> newest() {
    return latest.values().stream()
        .sorted(Comparator.comparing(Truth::getSaidAt).reversed())
        .limit(SHOWN)
        .toList();
  }
}
