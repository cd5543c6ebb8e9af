package org.osteon.cli.output;

import org.osteon.terminal.Paint.Tone;

/**
 * Values of one topic as the lines of a table.
 *
 * @param <T> type of the values
 */
public interface RecordTable<T> {
  /** The line above all others. */
  String header();

  /** One value as one line. */
  String row(T value);

  /** What the line is to its reader. */
  default Tone tone(T value) {
    return Tone.PLAIN;
  }
}
