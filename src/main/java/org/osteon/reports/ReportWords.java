package org.osteon.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osteon.event.Label;

/**
 * A small set of rules for English reports: it says what plain sentences say, and leaves the rest
 * to a person. What it is worth is in {@code docs/truths.md}.
 *
 * <p>The impression counts, the findings where there is none; where both say something and not the
 * same, it is unsure. What stands under history, indication, technique or comparison is not read.
 *
 * <p><b>Threading.</b> Any; it holds nothing.
 */
final class ReportWords {
  private static final Pattern SECTION =
      Pattern.compile(
          "(?m)(?:^|(?<=[.\\n]))\\s*(impression|conclusion|opinion|summary|findings?|report|result|clinical (?:history|information|details|indication)|history|indication|reason for (?:exam|examination|study)|technique|comparison|examination|exam|views?|recommendation|addendum)\\s*:",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SENTENCE =
      Pattern.compile("(?<=[.;!?])\\s+|\\n\\s*(?=[-*•\\d])|\\n{2,}");

  private static final Pattern TERM =
      Pattern.compile(
          "\\b(fractur\\w*|fx|break|broken|avuls\\w+|non-?\\s?union|cortical (?:breach|break|disruption|step)|dislocat\\w+ fracture|comminut\\w+)\\b|(?:^|(?<=[\\s?]))#(?=\\s|$)");

  /** Of these words, what is no finding. */
  private static final Pattern NO_TERM =
      Pattern.compile(
          "\\bfracture (?:clinic|service|team|liaison|pathway|risk)\\b|\\bgrowth plates?\\b");

  private static final Pattern NORMAL =
      Pattern.compile(
          "\\bno (?:acute |significant |traumatic |definite )?(?:bony|bone|osseous|skeletal) (?:injury|injuries|abnormality|abnormalities|lesion|lesions)\\b"
              + "|^\\s*(?:a )?normal (?:study|examination|exam|radiographs?|x-?rays?|films?|appearances?|alignment and bones?|\\w+ radiographs?)\\b"
              + "|\\b(?:study|examination|exam|radiographs?|x-?rays?|appearances?) (?:is|are|was|were) (?:normal|unremarkable)\\b"
              + "|\\b(?:bones|osseous structures) (?:are|appear) (?:intact|normal|unremarkable)\\b");

  /** After treatment a visible fracture is another question: anywhere in the text. */
  private static final Pattern TREATED =
      Pattern.compile(
          "\\b(in situ|plaster|cast|splint\\w*|fixation|fixator|orif|hardware|plates?|screws?|nails?|k-?wires?|prosthe\\w+|arthroplasty)\\b");

  /** That nothing is seen on such pictures says little. */
  private static final Pattern LIMITED =
      Pattern.compile(
          "\\b(limited|suboptimal|rotated|inadequate|poor quality|should be repeated)\\b");

  private ReportWords() {}

  /** What the text says. */
  static Reading read(String text) {
    StringBuilder impression = new StringBuilder();
    StringBuilder findings = new StringBuilder();
    sections(text, impression, findings);
    Reading last = ofText(impression.toString());
    Reading body = ofText(findings.toString());
    if (last.because().equals("NOTHING_SAID")) {
      return body;
    }
    if (last.sure() && body.sure() && last.label() != body.label() && !milder(last, body)) {
      return Reading.unsure("IMPRESSION_AGAINST_FINDINGS");
    }
    return last;
  }

  /** An impression may leave out how bad the break is; then the findings' word is the finer one. */
  private static boolean milder(Reading last, Reading body) {
    return last.label() == Label.BEYOND_REPAIR && body.label() == Label.FRACTURED;
  }

  private static void sections(String text, StringBuilder impression, StringBuilder findings) {
    Matcher heads = SECTION.matcher(text);
    int from = 0;
    StringBuilder into = findings;
    while (heads.find()) {
      into.append(text, from, heads.start()).append('\n');
      from = heads.end();
      into =
          switch (heads.group(1).toLowerCase(Locale.ROOT)) {
            case "impression", "conclusion", "opinion", "summary", "addendum" -> impression;
            case "finding", "findings", "report", "result" -> findings;
            default -> new StringBuilder();
          };
    }
    into.append(text, from, text.length());
  }

  private static Reading ofText(String text) {
    List<Mention> mentions = new ArrayList<>();
    boolean normal = false;
    for (String sentence : SENTENCE.split(text.toLowerCase(Locale.ROOT), -1)) {
      for (String clause :
          Mention.clauses(NO_TERM.matcher(sentence.replace('\n', ' ')).replaceAll(" "))) {
        normal |= NORMAL.matcher(clause).find();
        Matcher terms = TERM.matcher(clause);
        while (terms.find()) {
          mentions.add(Mention.of(clause, terms.start(), terms.end()));
        }
      }
    }
    return qualified(
        of(mentions, normal), NO_TERM.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" "));
  }

  /** What is true of the whole text, whichever sentence says it. */
  private static Reading qualified(Reading reading, String text) {
    if (reading.label() == Label.HEALTHY) {
      return LIMITED.matcher(text).find() ? Reading.unsure("LIMITED") : reading;
    }
    return reading.sure() && TREATED.matcher(text).find() ? Reading.unsure("TREATED") : reading;
  }

  private static Reading of(List<Mention> mentions, boolean normal) {
    boolean affirmed = any(mentions, Mention.Kind.AFFIRMED);
    boolean unsure = any(mentions, Mention.Kind.UNSURE);
    boolean severe =
        mentions.stream().anyMatch(each -> each.kind() == Mention.Kind.AFFIRMED && each.severe());
    boolean perhapsSevere =
        mentions.stream().anyMatch(each -> each.kind() == Mention.Kind.UNSURE && each.severe());
    if (affirmed && perhapsSevere && !severe) {
      return Reading.unsure("HOW_BAD_IS_UNSURE");
    }
    if (affirmed) {
      return new Reading(severe ? Label.BEYOND_REPAIR : Label.FRACTURED, "SAID");
    }
    if (unsure) {
      return Reading.unsure("HEDGED");
    }
    if (normal || any(mentions, Mention.Kind.NEGATED)) {
      return new Reading(Label.HEALTHY, "SAID");
    }
    return Reading.unsure("NOTHING_SAID");
  }

  private static boolean any(List<Mention> mentions, Mention.Kind kind) {
    return mentions.stream().anyMatch(each -> each.kind() == kind);
  }
}
