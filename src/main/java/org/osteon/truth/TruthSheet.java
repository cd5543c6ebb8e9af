package org.osteon.truth;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.osteon.client.OperationFailedException;
import org.osteon.event.Truth;

/**
 * A sheet of truths as comma-separated values (RFC 4180, UTF-8) with a header line; its columns are
 * in {@code docs/truths.md}.
 *
 * <p>What is wrong with a row is said by line and column, never by what stands in it: somebody may
 * have put a name there.
 *
 * @param truths of the rows that are well-formed, in their order
 * @param faults one sentence for each row that is not, with its line
 */
public record TruthSheet(List<Truth> truths, List<String> faults) {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .setIgnoreEmptyLines(true)
          .get();

  /**
   * Reads a sheet to its end, whatever is wrong with single rows.
   *
   * @param studies from the sheet's study UIDs to those of events
   * @param now when it is read; nothing can have been said later
   * @throws IOException it cannot be read
   * @throws OperationFailedException it is no such sheet at all
   */
  public static TruthSheet read(Path file, UnaryOperator<String> studies, Instant now)
      throws IOException {
    try (Reader in = withoutMark(Files.newBufferedReader(file, StandardCharsets.UTF_8));
        CSVParser parser = CSVParser.parse(in, FORMAT)) {
      checkHeader(parser.getHeaderNames());
      List<Truth> truths = new ArrayList<>();
      List<String> faults = new ArrayList<>();
      TruthRow row = new TruthRow(studies, now);
      for (CSVRecord each : parser) {
        try {
          truths.add(row.truth(each));
        } catch (TruthRow.Malformed e) {
          faults.add("Line %d: %s".formatted(lastLine(parser, each), e.getMessage()));
        }
      }
      return new TruthSheet(List.copyOf(truths), List.copyOf(faults));
    } catch (UncheckedIOException e) {
      throw sorted(Objects.requireNonNull(e.getCause()));
    } catch (CSVException | CharacterCodingException e) {
      throw sorted(e);
    } catch (IllegalArgumentException e) {
      throw new OperationFailedException(
          "The first line of the sheet names a column twice or not at all: name each once.");
    }
  }

  private static IOException sorted(IOException e) {
    if (e instanceof CharacterCodingException) {
      throw new OperationFailedException("The sheet is not in UTF-8: save it as such.");
    }
    if (e instanceof CSVException) {
      // Where the rows behind a quote without an end begin is not known.
      throw new OperationFailedException(
          "A quote in the sheet has no end, or text behind it: mend it; nothing can be read.");
    }
    return e;
  }

  /** Of a row, which may have line breaks within quotes. */
  private static long lastLine(CSVParser parser, CSVRecord row) {
    return Math.max(parser.getCurrentLineNumber(), row.getRecordNumber() + 1);
  }

  private static void checkHeader(List<String> header) {
    Set<String> there = new TreeSet<>();
    header.forEach(each -> there.add(each.toLowerCase(Locale.ROOT)));
    for (String needed : TruthRow.NEEDED) {
      if (!there.contains(needed)) {
        throw new OperationFailedException(
            "The sheet has no column %s; its first line must name %s and may name %s."
                .formatted(
                    needed,
                    String.join(", ", TruthRow.NEEDED),
                    String.join(", ", TruthRow.POSSIBLE)));
      }
    }
    there.removeAll(TruthRow.NEEDED);
    there.removeAll(TruthRow.POSSIBLE);
    if (!there.isEmpty()) {
      throw new OperationFailedException(
          "The sheet has %d columns that mean nothing here; remove them, they may hold what should not leave: known are %s, %s."
              .formatted(
                  there.size(),
                  String.join(", ", TruthRow.NEEDED),
                  String.join(", ", TruthRow.POSSIBLE)));
    }
  }

  private static Reader withoutMark(Reader in) throws IOException {
    in.mark(1);
    if (in.read() != '\uFEFF') {
      in.reset();
    }
    return in;
  }
}
