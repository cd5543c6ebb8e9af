package org.osteon.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgainWhateverIsInAField() throws Exception {
    String odd = "two\nlines, a comma and a \"quote\"";
    Path file = folder.resolve("a.csv");
    Files.write(file, List.of(Csv.line("file", "note"), Csv.line("a.jpg", odd), Csv.line("b", "")));
    assertThat(Csv.read(file))
        .containsExactly(Map.of("file", "a.jpg", "note", odd), Map.of("file", "b", "note", ""));
  }

  @Test
  void aByteOrderMarkAndEmptyLinesArePassedOver() throws Exception {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "\uFEFFfile,label\r\n\r\na.jpg,healthy\r\n");
    assertThat(Csv.read(file)).containsExactly(Map.of("file", "a.jpg", "label", "healthy"));
  }
}
