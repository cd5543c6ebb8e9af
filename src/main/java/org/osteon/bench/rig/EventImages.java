package org.osteon.bench.rig;

/** What the events of a run carry. */
public interface EventImages {
  /** Of all of them. */
  String contentType();

  /**
   * Of the nth event, as its schema has it: inline, or a reference.
   *
   * @param n from 0; any number, since images come again
   */
  Object image(int n);
}
