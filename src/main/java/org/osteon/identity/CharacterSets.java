package org.osteon.identity;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What Specific Character Set (0008,0005) names, in Java's names (PS3.3 section C.12.1.1.2). */
final class CharacterSets {
  /** By the number that the term ends with, with and without code extensions. */
  private static final Map<String, String> BY_NUMBER =
      Map.ofEntries(
          Map.entry("6", "US-ASCII"),
          Map.entry("100", "ISO-8859-1"),
          Map.entry("101", "ISO-8859-2"),
          Map.entry("109", "ISO-8859-3"),
          Map.entry("110", "ISO-8859-4"),
          Map.entry("144", "ISO-8859-5"),
          Map.entry("127", "ISO-8859-6"),
          Map.entry("126", "ISO-8859-7"),
          Map.entry("138", "ISO-8859-8"),
          Map.entry("148", "ISO-8859-9"),
          Map.entry("203", "ISO-8859-15"),
          Map.entry("13", "JIS_X0201"),
          Map.entry("87", "ISO-2022-JP"),
          Map.entry("159", "ISO-2022-JP"),
          Map.entry("149", "EUC-KR"),
          Map.entry("58", "GB2312"),
          Map.entry("166", "TIS-620"),
          Map.entry("192", "UTF-8"),
          Map.entry("GB18030", "GB18030"),
          Map.entry("GBK", "GBK"));

  private CharacterSets() {}

  /**
   * @param value a byte a character, as it stood in a header
   * @param terms of (0008,0005), with backslashes between them
   * @return what people read; what is in no set that is known here comes out as question marks
   */
  static String decode(String value, String terms) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(bytes, of(terms));
    // Escapes that switch sets and that Java's decoder of the set itself does not take.
    return text.replaceAll("\u001b[\\x20-\\x2f]*[\\x30-\\x7e]", "");
  }

  /** Of several, the last that is known: the first is what the others extend, mostly ASCII. */
  private static Charset of(String terms) {
    Charset found = StandardCharsets.US_ASCII;
    for (String term : terms.trim().split("\\s*\\\\\\s*", -1)) {
      String number = term.trim().replaceFirst("^ISO(_IR|.2022.IR) ", "");
      String name = BY_NUMBER.get(number);
      if (name != null && !number.equals("6") && Charset.isSupported(name)) {
        found = Charset.forName(name);
      }
    }
    return found;
  }
}
