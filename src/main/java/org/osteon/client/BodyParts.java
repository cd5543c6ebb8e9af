package org.osteon.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.osteon.dataset.Csv;

/** A manifest.csv beside images: a line each, with the columns file and body_part among others. */
final class BodyParts {
  /**
   * @return body part by file; empty without such a manifest
   */
  static Map<String, String> bodyParts(Path csv) throws IOException {
    Map<String, String> parts = new HashMap<>();
    if (!Files.isRegularFile(csv)) {
      return parts;
    }
    for (Map<String, String> row : Csv.read(csv)) {
      String part = row.getOrDefault("body_part", "");
      if (!part.isBlank() && row.containsKey("file")) {
        String bodyPart = part.trim().toUpperCase(Locale.ROOT).replace(' ', '_');
        parts.put(row.getOrDefault("file", ""), bodyPart);
      }
    }
    return parts;
  }

  private BodyParts() {}
}
