package org.osteon.gateway;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osteon.gateway.Answer.Kind;
import org.osteon.limit.LogLines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request or instance that was not stored whole, however much it brought, and so
 * many a second.
 *
 * <p><b>Threading.</b> Any.
 */
final class IntakeLog {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeLog.class);
  private static final int LINES_A_SECOND = 10;

  /** Reasons are few, but what a peer can make many must not make a line long. */
  private static final int MOST_REASONS = 8;

  private final LogLines lines = new LogLines(LINES_A_SECOND);

  /**
   * What became of a request.
   *
   * @param how it came, for the line
   */
  void answered(String how, List<Answer> answers) {
    long stored = answers.stream().filter(Answer::stored).count();
    if (stored == answers.size() || !mayWrite()) {
      return;
    }
    boolean away = answers.stream().anyMatch(answer -> answer.kind() == Kind.AWAY);
    LOG.atLevel(away ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO)
        .log(
            "Of {} images by {} {} were stored; not stored: {}",
            answers.size(),
            how,
            stored,
            reasons(answers));
  }

  /** A request that failed within us. */
  void failed(String how, Throwable e) {
    if (mayWrite()) {
      LOG.error("A request by {} failed", how, e);
    }
  }

  private boolean mayWrite() {
    return lines.allows(unsaid -> LOG.warn("{} lines about images were not written", unsaid));
  }

  private static String reasons(List<Answer> answers) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Answer answer : answers) {
      if (!answer.stored()) {
        boolean one = counts.size() < MOST_REASONS || counts.containsKey(answer.message());
        counts.merge(one ? answer.message() : "for other reasons", 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(each -> each.getValue() + " × " + each.getKey())
        .collect(Collectors.joining("; "));
  }
}
