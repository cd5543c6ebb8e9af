package org.osteon.bench;

/** What can be measured apart; the limit, with which all is compared, is measured always. */
public enum BenchPart {
  ISOLATION,
  DEVICE,
  REFERENCES,
  BACKLOG,
  SWEEP,
  LARGE,
  PEERS,
  LATENCY,
  GROWTH,
  START,
  MEMORY
}
