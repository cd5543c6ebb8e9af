package org.osteon.deliver;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.osteon.identity.Original;

/**
 * Takes out of a target's words what the identity holds: a refusal may repeat the name that it
 * refuses, and neither logs nor topics may.
 */
final class Scrubbing {
  private static final int LONGEST = 300;
  private static final int SHORT = 4;
  private static final Pattern SEPARATORS = Pattern.compile("[\\^=\\\\ ,]+");

  private Scrubbing() {}

  static String of(String words, Original original) {
    // The longest first, so that nothing is left of a name of which a shorter one is part.
    Set<String> secrets =
        new TreeSet<>(
            Comparator.comparing(String::length).reversed().thenComparing(Function.identity()));
    secrets.add(original.studyUid());
    secrets.add(original.seriesUid());
    secrets.add(original.instanceUid());
    for (int tag : original.attributes().keySet()) {
      // As it stood in the header, and as people and other systems read it.
      String text = original.text(tag);
      for (String value :
          List.of(
              original.of(tag),
              text,
              // What is left of it with those who have fewer letters.
              new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1),
              new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII))) {
        secrets.add(value);
        secrets.addAll(List.of(SEPARATORS.split(value)));
      }
    }
    String clean = words.replaceAll("\\p{Cntrl}+", " ");
    for (String secret : secrets) {
      if (secret.length() < 2) {
        continue;
      }
      String quoted = Pattern.quote(secret);
      String pattern =
          secret.length() < SHORT ? "(?<![\\p{Alnum}])" + quoted + "(?![\\p{Alnum}])" : quoted;
      clean =
          Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(clean)
              .replaceAll("…");
    }
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
