package org.osteon.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values with a header line and quoted fields (RFC 4180), no line breaks within.
 */
public final class Csv {
  private Csv() {}

  /** Each line of a UTF-8 file as a map from column to field; a byte order mark is skipped. */
  public static List<Map<String, String>> read(Path file) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    if (!lines.isEmpty() && lines.get(0).startsWith("\uFEFF")) {
      lines.set(0, lines.get(0).substring(1));
    }
    return read(lines);
  }

  /** One line, with quotes where a field needs them. */
  public static String line(String... fields) {
    return Stream.of(fields).map(Csv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }

  /** Each line as a map from column to field. */
  public static List<Map<String, String>> read(List<String> lines) {
    List<Map<String, String>> rows = new ArrayList<>();
    if (lines.isEmpty()) {
      return rows;
    }
    List<String> columns = fields(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      if (line.isBlank()) {
        continue;
      }
      List<String> fields = fields(line);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
        row.put(columns.get(i), fields.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
