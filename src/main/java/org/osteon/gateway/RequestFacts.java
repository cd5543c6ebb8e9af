package org.osteon.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request says beside its image: {@code ?study=2.25.7&bodyPart=HAND&priority=STAT}. */
final class RequestFacts {
  private static final List<String> UIDS = List.of("study", "series", "instance");
  private static final List<String> TERMS = List.of("modality", "bodyPart", "laterality", "view");
  private static final String PRIORITY = "priority";

  private RequestFacts() {}

  /**
   * @throws IllegalArgumentException an unknown name, or a value that is no UID or no code
   */
  static IncomingImage.Facts of(@Nullable String rawQuery) {
    Map<String, String> said = new HashMap<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      int at = pair.indexOf('=');
      String name = at < 0 ? pair : pair.substring(0, at);
      String value = at < 0 ? "" : pair.substring(at + 1).replace('+', ' ');
      boolean right =
          (UIDS.contains(name) && value.matches("[0-9.]{1,64}"))
              || (TERMS.contains(name) && value.matches("[A-Z0-9 _]{1,16}"))
              || (name.equals(PRIORITY) && Urgency.isTerm(value));
      if (!right) {
        throw new IllegalArgumentException(
            "Say study, series, instance (UIDs), modality, bodyPart, laterality, view (DICOM's terms) or priority (STAT, HIGH, ROUTINE, MEDIUM, LOW); not what stands at place "
                + (said.size() + 1)
                + ".");
      }
      said.put(name, value);
    }
    return new IncomingImage.Facts(
        "",
        said.getOrDefault("instance", ""),
        said.getOrDefault("study", ""),
        said.getOrDefault("series", ""),
        said.getOrDefault("modality", ""),
        said.getOrDefault("bodyPart", ""),
        said.getOrDefault("laterality", ""),
        said.getOrDefault("view", ""),
        Urgency.isStat(said.getOrDefault(PRIORITY, "")));
  }

  /**
   * Whether a request of STOW-RS says that all it brings is STAT; its other parameters are not
   * ours.
   *
   * @throws IllegalArgumentException a priority that is none
   */
  static boolean stat(@Nullable String rawQuery) {
    boolean stat = false;
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      if (pair.startsWith(PRIORITY + "=")) {
        String term = pair.substring(PRIORITY.length() + 1);
        if (!Urgency.isTerm(term)) {
          throw new IllegalArgumentException("Say priority STAT, HIGH, ROUTINE, MEDIUM or LOW.");
        }
        stat |= Urgency.isStat(term);
      }
    }
    return stat;
  }
}
