package org.osteon.config.value;

import java.util.function.Function;

/**
 * What a value may be, and what it becomes. Immutable.
 *
 * @param <T> what it becomes
 * @param range in words, as documentation and errors give it
 * @param parser throws {@link IllegalArgumentException} where the text is none; {@link Fault} where
 *     the range alone does not say what is wrong
 */
public record ValueType<T>(String range, Function<String, T> parser) {
  /** What a value should be instead, to follow "must be". */
  public static final class Fault extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Fault(String instead) {
      super(instead);
    }
  }

  /**
   * @throws Fault the text is no such value
   */
  public T parse(String text) {
    try {
      return parser.apply(text);
    } catch (Fault e) {
      throw e;
    } catch (IllegalArgumentException e) {
      Fault fault = new Fault(range);
      fault.initCause(e);
      throw fault;
    }
  }
}
