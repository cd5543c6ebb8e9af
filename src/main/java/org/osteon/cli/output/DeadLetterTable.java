package org.osteon.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.osteon.event.DeadLetter;
import org.osteon.event.Source;

/** Dead letters as a table. */
public final class DeadLetterTable implements RecordTable<DeadLetter> {
  private static final String LINE = "%-12s  %-12s  %-28s  %-11s  %-22s  %s";

  @Override
  public String header() {
    return LINE.formatted("time", "key", "source", "stage", "reason", "message");
  }

  @Override
  public String row(DeadLetter letter) {
    Source source = letter.getSource();
    return LINE.formatted(
        Cells.time(letter.getFailedAt()),
        Cells.study(key(letter)),
        source.getTopic() + "/" + source.getPartition() + "@" + source.getOffset(),
        letter.getStage(),
        letter.getReason(),
        letter.getMessage());
  }

  /** The key of the source record: the study, of publishers that keep to the contract. */
  private static String key(DeadLetter letter) {
    ByteBuffer key = letter.getOriginalKey();
    return key == null ? "" : StandardCharsets.UTF_8.decode(key.duplicate()).toString();
  }
}
