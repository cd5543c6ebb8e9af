package org.osteon.reports;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osteon.config.value.ConfigException;
import org.osteon.event.Label;

/**
 * What a site's messages mean: a properties file, described in {@code docs/truths.md}.
 *
 * @param codes label by {@code SYSTEM|CODE} of coded observation values, upper case
 * @param studies codes of OBX-3 whose value is the Study Instance UID
 * @param accession where the accession number is, the first that holds one counts
 * @param words whether texts are read by the English rules
 * @param stat priorities of orders that are STAT, upper case
 * @param sawAnswer whether readers had seen Osteon's answer; null where it is not known
 */
record ReportMapping(
    Map<String, Label> codes,
    Set<String> studies,
    List<String> accession,
    boolean words,
    Set<String> stat,
    @Nullable Boolean sawAnswer) {
  private static final String CODE = "code.";
  private static final Set<String> FIELDS = Set.of("OBR-2", "OBR-3", "OBR-18", "OBR-19", "OBR-20");

  /** Where no file says otherwise. */
  static ReportMapping standard() {
    return of(new Properties());
  }

  /**
   * @throws ConfigException it cannot be read, or says what cannot be
   */
  static ReportMapping read(Path file) {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "reports.mapping.file cannot be read (%s): give a properties file in UTF-8."
              .formatted(e.getClass().getSimpleName()),
          e);
    }
    return of(properties);
  }

  private static ReportMapping of(Properties properties) {
    Map<String, Label> codes = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key, "").trim();
      if (key.startsWith(CODE) && key.contains("|")) {
        codes.put(key.substring(CODE.length()).toUpperCase(Locale.ROOT), label(key, value));
      } else if (!Set.of(
              "study.observations", "accession.from", "words", "saw.answer", "stat.priorities")
          .contains(key)) {
        throw new ConfigException(
            "reports.mapping.file: %s means nothing; write code.SYSTEM|CODE, study.observations, accession.from, words, stat.priorities or saw.answer."
                .formatted(key));
      }
    }
    return new ReportMapping(
        Map.copyOf(codes),
        Set.copyOf(list(properties, "study.observations", "110180")),
        fields(list(properties, "accession.from", "OBR-18,OBR-3")),
        word(properties, "words", "english", List.of("english", "off")).equals("english"),
        Set.copyOf(list(properties, "stat.priorities", "S,A")),
        switch (word(properties, "saw.answer", "unknown", List.of("yes", "no", "unknown"))) {
          case "yes" -> Boolean.TRUE;
          case "no" -> Boolean.FALSE;
          default -> null;
        });
  }

  private static Label label(String key, String value) {
    try {
      return Label.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "reports.mapping.file: %s is %s and must be HEALTHY, FRACTURED, BEYOND_REPAIR, or UNKNOWN where a person must read."
              .formatted(key, value),
          e);
    }
  }

  private static List<String> fields(List<String> fields) {
    for (String field : fields) {
      if (!FIELDS.contains(field)) {
        throw new ConfigException(
            "reports.mapping.file: accession.from names %s and may name %s."
                .formatted(field, String.join(", ", FIELDS.stream().sorted().toList())));
      }
    }
    return fields;
  }

  private static List<String> list(Properties properties, String key, String otherwise) {
    List<String> all = new ArrayList<>();
    for (String each : properties.getProperty(key, otherwise).split(",", -1)) {
      all.add(each.trim());
    }
    return List.copyOf(all);
  }

  private static String word(
      Properties properties, String key, String otherwise, List<String> words) {
    String word = properties.getProperty(key, otherwise).trim().toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      throw new ConfigException(
          "reports.mapping.file: %s is %s and must be one of %s."
              .formatted(key, word, String.join(", ", words)));
    }
    return word;
  }
}
