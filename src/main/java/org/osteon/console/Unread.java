package org.osteon.console;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

/**
 * Reports of which no rule could tell what they found, and of which nobody has said it since.
 *
 * <p><b>Threading.</b> Held by {@link Live}'s lock.
 */
final class Unread {
  private static final int SHOWN = 100;

  /** The latest that the report said of each study, whole studies only. */
  private final Map<String, Truth> latest = new HashMap<>();

  void add(Truth truth) {
    boolean report = truth.getRole() == TruthRole.REPORT && truth.getEventId() == null;
    boolean stands =
        truth.getStatus() == TruthStatus.FINAL || truth.getStatus() == TruthStatus.CORRECTED;
    if (!report) {
      return;
    }
    Truth before = latest.get(truth.getStudyInstanceUid());
    if (before != null && before.getSaidAt().isAfter(truth.getSaidAt())) {
      return;
    }
    if (stands && truth.getLabel() == Label.UNKNOWN) {
      latest.put(truth.getStudyInstanceUid(), truth);
    } else if (stands || truth.getStatus() == TruthStatus.WITHDRAWN) {
      latest.remove(truth.getStudyInstanceUid());
    }
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
