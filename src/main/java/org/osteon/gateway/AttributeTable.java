package org.osteon.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
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
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      lines.lines().skip(1).map(line -> line.split(",", 4)).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String[] cells) {
    rows.put(Integer.parseUnsignedInt(cells[0], 16), new Row(cells[1], cells[2].charAt(0)));
  }

  @Nullable Row of(int tag) {
    return rows.get(tag);
  }
}
