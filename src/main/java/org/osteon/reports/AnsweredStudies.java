package org.osteon.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Truth;
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
   * What a report says: of the study that it names, else of its order, for studies that are still
   * to be answered, and of those that were, so that who reads truths by study has it at once.
   *
   * @return none where it names nothing
   * @throws org.osteon.event.KafkaFault the studies cannot be read now
   */
  List<Truth> truths(ReportedOrder order, @Nullable Boolean sawAnswer) {
    if (!order.study().isEmpty()) {
      return List.of(order.truth(names.study(order.study()), sawAnswer));
    }
    if (order.accession().isEmpty()) {
      return List.of();
    }
    String accession = names.accession(order.accession());
    List<Truth> truths = new ArrayList<>();
    truths.add(order.ofTheOrder(accession, sawAnswer));
    byAccession.apply(accession).forEach(study -> truths.add(order.truth(study, sawAnswer)));
    return truths;
  }

  /** The text where it is a UID, else nothing. */
  static String uid(String text) {
    String trimmed = text.trim();
    return trimmed.length() <= LONGEST_UID && UID.matcher(trimmed).matches() ? trimmed : "";
  }
}
