package org.osteon.terminal;

import java.util.Map;

/**
 * Colour for a person's terminal, and none anywhere else: not in a pipe, not where {@code NO_COLOR}
 * is set (no-color.org), not on a terminal that calls itself dumb.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class Paint {
  private final boolean coloured;

  private Paint(boolean coloured) {
    this.coloured = coloured;
  }

  /** What a line is to its reader; never told by colour alone, its words say it too. */
  public enum Tone {
    PLAIN(""),
    STRONG("1"),
    WARNING("33"),
    ALARM("1;31");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /** For this process's standard output. */
  public static Paint here() {
    return of(System.getenv(), Progress.onTerminal());
  }

  /**
   * @param environment {@link System#getenv()}
   * @param terminal whether a person's terminal shows it
   */
  public static Paint of(Map<String, String> environment, boolean terminal) {
    boolean unwanted =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    return new Paint(terminal && !unwanted);
  }

  /** Whether there is any colour. */
  public boolean coloured() {
    return coloured;
  }

  /** The text in its tone, or as it is. */
  public String of(Tone tone, String text) {
    return coloured && !tone.code.isEmpty()
        ? "\u001b[%sm%s\u001b[0m".formatted(tone.code, text)
        : text;
  }
}
