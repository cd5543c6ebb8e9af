package org.osteon.performance.tally;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is added up in one place: a version at a site, or everywhere.
 *
 * @param by the version
 * @param facility null for all sites together
 */
public record Scope(Case.Version by, @Nullable String facility) {
  /** Between the parts of keys; texts that come from outside have none, see {@link #clean}. */
  static final String TAB = "\t";

  private static final int LONGEST = 64;

  static Scope of(Case counted) {
    return new Scope(counted.by(), counted.traits().facility());
  }

  Scope everywhere() {
    return new Scope(by, null);
  }

  /** The key of internal records, and the beginning of every key of its groups. */
  public String key() {
    return String.join(
        TAB,
        List.of(
            clean(by.name()),
            clean(by.version()),
            clean(by.sha256()),
            facility == null ? "" : clean(facility)));
  }

  /** The scope of a key that {@link #key} made. */
  public static Scope parse(String key) {
    String[] parts = key.split(TAB, -1);
    return new Scope(
        new Case.Version(parts[0], parts[1], parts[2]), parts[3].isEmpty() ? null : parts[3]);
  }

  /** A text of results as part of a key: bounded, without control characters, never empty. */
  public static String clean(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    String plain = cut.replaceAll("\\p{Cntrl}", "_").strip();
    return plain.isEmpty() ? "_" : plain;
  }
}
