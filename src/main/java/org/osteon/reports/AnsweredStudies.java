package org.osteon.reports;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.osteon.gateway.SiteNames;

/**
 * From the numbers of a report to the names of studies in events.
 *
 * <p><b>Threading.</b> Any number of threads, as far as the look-up allows it.
 */
final class AnsweredStudies {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final int LONGEST_UID = 64;

  private final SiteNames names;
  private final Function<String, Set<String>> byAccession;

  /**
   * @param byAccession studies that were answered, by accession number, both as results have them
   */
  AnsweredStudies(SiteNames names, Function<String, Set<String>> byAccession) {
    this.names = names;
    this.byAccession = byAccession;
  }

  /**
   * The studies that a report is of; none where no result has its accession number.
   *
   * @throws org.osteon.event.KafkaFault nobody can tell now
   */
  Set<String> of(ReportedOrder order) {
    if (!order.study().isEmpty()) {
      return Set.of(names.study(order.study()));
    }
    return order.accession().isEmpty()
        ? Set.of()
        : byAccession.apply(names.accession(order.accession()));
  }

  /** The text where it is a UID, else nothing. */
  static String uid(String text) {
    String trimmed = text.trim();
    return trimmed.length() <= LONGEST_UID && UID.matcher(trimmed).matches() ? trimmed : "";
  }
}
