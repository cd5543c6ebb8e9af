package org.osteon.demo;

/** What becomes of the demo when all is answered. */
public enum Afterwards {
  /** It ends. */
  END,
  /** It stays up and says where. */
  STAY,
  /** The same, with a console from the beginning, and slowly enough to look at. */
  CONSOLE
}
