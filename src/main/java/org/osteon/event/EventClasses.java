package org.osteon.event;

import org.apache.avro.util.ClassSecurityValidator;

/** Tells Avro, which by default trusts no class that a schema names, to trust ours. */
public final class EventClasses {
  private static final String OURS = EventClasses.class.getPackageName() + ".";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(OURS)));
  }

  /** Before the first event is read or written; calling it again does nothing. */
  public static void trust() {
    // The static block has run by now.
  }

  private EventClasses() {}
}
