package org.osteon.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes leave and how: {@code attributes-that-leave.csv}. What is not in it, private
 * attributes among it, does not leave. Its actions are those of PS3.15 table E.1-1: K kept, Z
 * emptied, U another UID, P a pseudonym; S is a sequence whose items follow the same table.
 *
 * <p><b>Threading.</b> Immutable.
 */
final class AttributeTable {
  private static final String FILE = "attributes-that-leave.csv";

  private final Map<Integer, Row> rows = new HashMap<>();

  /**
   * A row.
   *
   * @param vr value representation; XS is US or SS
   */
  record Row(String vr, char action) {}

  AttributeTable() {
    try (InputStream file = AttributeTable.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is not on the class path.");
      }
      CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
      for (CSVRecord row : CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
        rows.put(
            Integer.parseUnsignedInt(row.get("tag"), 16),
            new Row(row.get("vr"), row.get("action").charAt(0)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable Row of(int tag) {
    return rows.get(tag);
  }
}
