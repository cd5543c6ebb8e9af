package org.osteon.cli.output;

import org.osteon.event.DeadLetter;
import org.osteon.event.Source;

/** Dead letters as a table. */
public final class DeadLetterTable implements RecordTable<DeadLetter> {
  private static final String LINE = "%-12s  %-28s  %-11s  %-22s  %s";

  @Override
  public String header() {
    return LINE.formatted("time", "source", "stage", "reason", "message");
  }

  @Override
  public String row(DeadLetter letter) {
    Source source = letter.getSource();
    return LINE.formatted(
        Cells.time(letter.getFailedAt()),
        source.getTopic() + "/" + source.getPartition() + "@" + source.getOffset(),
        letter.getStage(),
        letter.getReason(),
        letter.getMessage());
  }
}
