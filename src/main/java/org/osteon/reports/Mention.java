package org.osteon.reports;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mention of a fracture in a sentence, and what stands around it: after NegEx (Chapman et al.,
 * 2001), a list of cues before and behind a term, and words that end what a cue reaches.
 *
 * @param kind whether the sentence says that there is one
 * @param severe whether the sentence speaks of a complex fracture or a non-union
 */
record Mention(Kind kind, boolean severe) {
  /** Whether there is one. */
  enum Kind {
    AFFIRMED,
    NEGATED,
    UNSURE
  }

  private static final String NO =
      "no|not|without|nor|neither|never|negative for|free of|absence of|absent|excludes?|rules? out|denies|lack of";

  private static final Pattern NEGATED_BEFORE =
      Pattern.compile(
          "\\b(" + NO + ")\\b(?!\\s+(change|interval|significant change|longer|only|increase))");

  private static final Pattern NEGATED_BEHIND =
      Pattern.compile(
          "\\b(is|are|was|were|has been|have been|can be)?\\s*(not|never)\\s+(seen|identified|demonstrated|visible|visuali[sz]ed|detected|evident|present|shown|appreciated|noted|found)\\b"
              + "|\\b(is|are|was|were|has been|have been|can be)\\s+(excluded|ruled out|absent)\\b|^\\s*:\\s*(none|no|absent|negative)\\b");

  private static final Pattern UNSURE_ANYWHERE =
      Pattern.compile(
          "\\b(possible|possibly|probable|probably|likely|unlikely|suspicious|suspicion|suspected|suspect|suggest\\w*|may|might|could|questionable|question of|equivocal|query|queried|concern\\w*|versus|vs|"
              + "cannot|can not|can't|difficult to|indeterminate|uncertain|unclear|subtle|apparent|appears?|presumed|potential|differential|exclude|rule out|consider|if clinically|recommend\\w*|"
              + "not excluded|progress\\w*|(?<!non[- ])union|limited|gross|repeat\\w*|rotated|suboptimal|plaster|splint\\w*|in situ|convincing|certain|whether|persists?|"
              + "old|healed|healing|previous|previously|prior|remote|chronic|united|post|known|longstanding|long-standing|remodell?ed|callus|fixat\\w+|orif|hardware|plate|screws?|nail|cast|history|"
              + "risk|occult|stress|insufficiency|artefact|artifact|mimic\\w*|resolved|interval)\\b|\\?");

  /** Unsure words that are none where a negation already covers them: "no suspicious fracture". */
  private static final Pattern COVERED =
      Pattern.compile(
          "\\b(no|without)\\s+(\\w+\\s+){0,3}(suspicious|suspicion|possible|old|healed|healing|previous|prior|remote|chronic|stress|subtle|apparent|occult|insufficiency)\\b");

  private static final Pattern ENDS =
      Pattern.compile(
          "\\b(but|however|although|though|except|apart from|aside from|other than|yet|instead|nevertheless|otherwise)\\b");

  private static final Pattern SEVERE =
      Pattern.compile(
          "\\b(comminut\\w*|multi-?fragment\\w*|segmental|fragmented|shatter\\w*|non-?\\s?union|pseud\\w*arthrosis|crush\\w*|bone loss|open fracture|compound fracture)\\b");

  private static final Pattern LIST = Pattern.compile("\\b(or|nor|and)\\b|/");

  /**
   * @param clause lower case, one clause that no word of contrast divides
   * @param from where the term begins
   * @param to behind it
   */
  static Mention of(String clause, int from, int to) {
    String before = clause.substring(0, from);
    String behind = clause.substring(to);
    boolean severe = SEVERE.matcher(clause).find();
    boolean negated =
        NEGATED_BEFORE.matcher(before).find() || NEGATED_BEHIND.matcher(behind).find();
    String rest = COVERED.matcher(clause).replaceAll(" no ");
    if (UNSURE_ANYWHERE.matcher(rest).find()) {
      return new Mention(Kind.UNSURE, severe);
    }
    if (!negated) {
      return new Mention(Kind.AFFIRMED, severe);
    }
    return new Mention(reaches(before, behind) ? Kind.NEGATED : Kind.UNSURE, severe);
  }

  /**
   * Whether the negation clearly reaches the term: "no effusion, fracture or dislocation" is a
   * list, "no effusion, fracture of the radius" may be none; two negations may be an assertion.
   */
  private static boolean reaches(String before, String behind) {
    Matcher cues = NEGATED_BEFORE.matcher(before);
    int end = -1;
    int count = NEGATED_BEHIND.matcher(behind).find() ? 1 : 0;
    while (cues.find()) {
      end = cues.end();
      count++;
    }
    if (count > 1) {
      return false;
    }
    if (end < 0) {
      return true;
    }
    String between = before.substring(end);
    return !between.contains(",") || LIST.matcher(between + " " + behind).find();
  }

  /** The clauses of a sentence, cut at words of contrast. */
  static String[] clauses(String sentence) {
    return ENDS.split(sentence);
  }
}
