package org.osteon.batch.contract;

/** Which image goes first; the order of the constants is the order of service. */
public enum Urgency {
  STAT,
  ROUTINE
}
