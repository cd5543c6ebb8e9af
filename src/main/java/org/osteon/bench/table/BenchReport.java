package org.osteon.bench.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints rows as they are measured, as Markdown tables, and keeps them for a JSON file. */
public final class BenchReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final List<BenchRow> rows = new ArrayList<>();
  private final Map<String, String> machine = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private String group = "";

  public BenchReport(PrintStream out) {
    this.out = out;
  }

  /** Something that holds for all rows, e.g. the model. */
  public void fact(String name, Object value) {
    machine.put(name, value.toString());
    out.printf("%s: %s%n", name, value);
  }

  /** Something that was not measured, and why. */
  public void note(String sentence) {
    notes.add(sentence);
    out.println("> " + sentence);
  }

  public void add(BenchRow row) {
    rows.add(row);
    if (!row.group().equals(group)) {
      group = row.group();
      out.printf("%n| %s | median | least to most | ratio | wanted |%n", group);
      out.printf("| --- | --- | --- | --- | --- |%n");
    }
    out.println(line(row));
  }

  public static String line(BenchRow row) {
    double[] values = row.values();
    String spread =
        values.length > 1
            ? number(values[0]) + " to " + number(values[values.length - 1])
            : "one run";
    return "| %s | %s %s | %s | %s | %s |"
        .formatted(
            row.name(),
            number(row.median()),
            row.unit(),
            spread,
            row.ratio() == null ? "" : String.format(Locale.ROOT, "%.2f", row.ratio()),
            wanted(row));
  }

  /** Writes everything, every single value of every row included. */
  public void write(Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    machine.forEach(root::put);
    ArrayNode array = root.putArray("rows");
    for (BenchRow row : rows) {
      ObjectNode node = array.addObject();
      node.put("group", row.group()).put("name", row.name()).put("unit", row.unit());
      node.put("median", row.median()).put("ratio", row.ratio()).put("target", row.target());
      node.put("targetIs", row.target() == null ? null : row.atLeast() ? "floor" : "ceiling");
      ArrayNode values = node.putArray("values");
      for (double value : row.values()) {
        values.add(value);
      }
    }
    ArrayNode said = root.putArray("notes");
    notes.forEach(said::add);
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    out.printf("%nwritten to %s%n", file);
  }

  private static String wanted(BenchRow row) {
    Boolean reached = row.reached();
    if (reached == null) {
      return "";
    }
    String bound = row.atLeast() ? "≥ " : "≤ ";
    return bound + number(row.target() == null ? 0 : row.target()) + (reached ? " ✓" : " ✗");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.0f", value);
  }
}
