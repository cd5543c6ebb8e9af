package org.osteon.console.act;

/** Something that a person may have done by a form of the page. */
public interface Action {
  /**
   * What a form asks for.
   *
   * @throws RefusedException it makes no sense; the message is a sentence for the person
   */
  Planned plan(Form form) throws RefusedException;

  /**
   * What is to be done.
   *
   * @param action as the audit topic names it
   * @param subject as the audit topic names it
   */
  record Planned(String action, String subject, Work work) {}

  /** What does it. */
  @FunctionalInterface
  interface Work {
    /**
     * @return what came of it, a sentence
     * @throws org.osteon.event.KafkaFault the brokers have not taken it
     * @throws org.osteon.client.OperationFailedException it cannot be done
     */
    String run() throws InterruptedException;
  }

  /** It is not done, because of what is asked. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param why a sentence for the person
     */
    public RefusedException(String why) {
      super(why);
    }
  }
}
