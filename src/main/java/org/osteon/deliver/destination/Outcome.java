package org.osteon.deliver.destination;

/** How a sending ended. */
public sealed interface Outcome {
  /** The target has it, and said so. */
  record Delivered() implements Outcome {}

  /**
   * The target does not answer, or takes nothing just now: everything waits, and no attempt counts.
   *
   * @param words why
   */
  record Away(String words) implements Outcome {}

  /**
   * It answered that it cannot take this one just now.
   *
   * @param words what it said
   */
  record NotNow(String words) implements Outcome {}

  /**
   * It will never take this one.
   *
   * @param reason stable code
   * @param words what it said
   */
  record Refused(String reason, String words) implements Outcome {}

  /** The reasons of what is not delivered. */
  final class Reasons {
    /** The target said no. */
    public static final String REFUSED = "REFUSED";

    /** It does not take what the configuration wants to send. */
    public static final String NOT_NEGOTIATED = "NOT_NEGOTIATED";

    /** It is not known whose it is, or that was deleted. */
    public static final String NO_IDENTITY = "NO_IDENTITY";

    /** It was tried as often as the configuration allows. */
    public static final String TOO_OFTEN = "TOO_OFTEN";

    /** It is no result, or one that no message can be made of. */
    public static final String UNREADABLE = "UNREADABLE";

    private Reasons() {}
  }
}
