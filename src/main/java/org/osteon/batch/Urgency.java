package org.osteon.batch;

/** Which image goes first; the order of the constants is the order of service. */
public enum Urgency {
  STAT,
  ROUTINE
}
