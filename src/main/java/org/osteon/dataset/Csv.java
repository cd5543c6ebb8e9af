package org.osteon.dataset;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Comma-separated values with a header line and quoted fields (RFC 4180), line breaks within them
 * included; by commons-csv.
 */
public final class Csv {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setIgnoreEmptyLines(true).get();

  private Csv() {}

  /**
   * Each record of a UTF-8 file as a map from column to field; a byte order mark is skipped.
   *
   * @throws IOException it cannot be read, or a quoted field has no end
   */
  public static List<Map<String, String>> read(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(in);
    }
  }

  /** The same of a stream of characters, which the caller closes. */
  public static List<Map<String, String>> read(Reader in) throws IOException {
    CSVFormat withHeader = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(withoutMark(in), withHeader)) {
      return parser.stream().map(CSVRecord::toMap).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** One record, with quotes where a field needs them, without its line break. */
  public static String line(String... fields) {
    return FORMAT.format((Object[]) fields);
  }

  /** The fields of one line. */
  public static List<String> fields(String line) {
    try (CSVParser parser = CSVParser.parse(new StringReader(line), FORMAT)) {
      return parser.stream().findFirst().map(CSVRecord::toList).orElse(List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader withoutMark(Reader in) throws IOException {
    StringWriter all = new StringWriter();
    in.transferTo(all);
    String text = all.toString();
    return new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }
}
