package org.osteon.topology.listen;

/** What became of a copy of an order. */
public enum OrderFate {
  /** It said something new. */
  TAKEN,
  /** It had come before, or something later of the same order is known. */
  KNOWN,
  /** It was published longer ago than orders are kept. */
  TOO_OLD,
  /** It is none; it stays in its topic. */
  UNREADABLE
}
