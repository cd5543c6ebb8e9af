package org.osteon.cli.output;

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
}
