package org.osteon.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A manifest.csv beside images: a line each, with the columns file and body_part among others. */
final class Manifest {
  /**
   * @return body part by file; empty without such a manifest
   */
  static Map<String, String> bodyParts(Path csv) throws IOException {
    Map<String, String> parts = new HashMap<>();
    if (!Files.isRegularFile(csv)) {
      return parts;
    }
    List<String> lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
    List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
    int file = header.indexOf("file");
    int part = header.indexOf("body_part");
    if (file < 0 || part < 0) {
      return parts;
    }
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      if (cells.size() > Math.max(file, part) && !cells.get(part).isBlank()) {
        String bodyPart = cells.get(part).trim().toUpperCase(Locale.ROOT).replace(' ', '_');
        parts.put(cells.get(file), bodyPart);
      }
    }
    return parts;
  }

  /** Cells between commas; quoted ones may hold commas and doubled quotes. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private Manifest() {}
}
