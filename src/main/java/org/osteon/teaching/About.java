package org.osteon.teaching;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a model card must say of the data, for {@code training/train fit --about}. */
final class About {
  private About() {}

  static String of(TeachingExport.Order order, TeachingExport.Summary summary) {
    return """
        Radiographs that %s answered between %s and %s, with what people found in the end (`osteon truth export`). Labels are
        reports, second readings and follow-ups as the department gave them; no one else has checked them.

        - **The training split is no sample of the department**: %s, and right ones beside them, are chosen because the version
          was wrong or unsure. Where it is most wrong, labels are most often wrong as well: look at them before they teach.
        - Validation and test (%d images) are patients who never teach, whatever was answered of them. Of them only studies that
          have a truth are known.
        - Labels marked "of the study" in `manifest.csv` were said of a study with several images: not each image shows it.
        - Patients stay on their side from export to export. Names are digests, pictures grey PNG without headers.
        """
        .formatted(
            order.version() == null ? "the running versions" : order.version(),
            order.from(),
            order.to(),
            words(summary.exported()),
            summary.measuring());
  }

  private static String words(Map<CaseKind, Integer> counts) {
    return counts.isEmpty()
        ? "no cases"
        : counts.entrySet().stream()
            .filter(each -> each.getKey() != CaseKind.RIGHT)
            .map(each -> each.getValue() + " " + each.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
  }
}
