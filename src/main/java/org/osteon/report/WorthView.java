package org.osteon.report;

import java.util.List;

/**
 * What the page of figures shows, in words and numbers as they stand there.
 *
 * @param made when
 * @param alarms shares that look fallen
 * @param sites each version at each site
 * @param lines its groups
 */
public record WorthView(String made, List<Alarm> alarms, List<Site> sites, List<Line> lines) {

  /**
   * A share that looks fallen.
   *
   * @param where version, site and group
   * @param measure which share
   * @param since the day
   * @param seen the share since then, and of how many
   * @param expected the share while all is well
   * @param ratio how many times likelier that is after a fall
   */
  public record Alarm(
      String where, String measure, String since, String seen, String expected, String ratio) {}

  /**
   * A version at a site.
   *
   * @param name both
   * @param studies how many, and of which days
   * @param figures with their intervals
   * @param columns heads of the table of finding against truth
   * @param table its rows
   * @param cautions sentences
   */
  public record Site(
      String name,
      String studies,
      List<Figure> figures,
      List<String> columns,
      List<Row> table,
      List<String> cautions) {}

  /** A figure, its interval, and of how many it is. */
  public record Figure(String what, String value, String interval, String of) {}

  /** A row of the table. */
  public record Row(String finding, List<String> counts) {}

  /** A group, with the figures that matter most. */
  public record Line(
      String where, String studies, String truths, String sensitivity, String specificity) {}
}
