package org.osteon.cli.options;

import org.osteon.client.OperationFailedException;

/** The broker and the registry that some commands bring along; the production image has neither. */
public final class Sandbox {
  private static final String BROKER = "org.osteon.sandbox.EmbeddedBroker";

  private Sandbox() {}

  /**
   * To be asked before a class is touched that needs it.
   *
   * @param command that asks
   * @throws OperationFailedException this installation carries none
   */
  public static void require(String command) {
    try {
      Class.forName(BROKER, false, Sandbox.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new OperationFailedException(
          "`osteon %s` starts a broker of its own, and this installation carries none: run it from a checkout of the project, or use `osteon serve` with your own Kafka."
              .formatted(command),
          e);
    }
  }
}
