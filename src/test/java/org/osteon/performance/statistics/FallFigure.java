package org.osteon.performance.statistics;

import java.util.Locale;
import java.util.Map;

/** Share of falls that are noticed, against days, as a drawing (SVG 1.1). */
final class FallFigure {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 380;
  private static final int LEFT = 60;
  private static final int TOP = 20;
  private static final int ACROSS = 460;
  private static final int DOWN = 300;
  private static final int DAYS = 42;
  private static final String[] COLOURS = {"#0072b2", "#d55e00", "#009e73"};

  private FallFigure() {}

  /**
   * Draws one line for each: colours by delay, dashed where a tenth of the studies has a truth.
   *
   * @param all in the order of the legend
   */
  static String svg(Map<FallSimulation, FallSimulation.Outcome> all) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="12">
        <title>Falls of sensitivity from 0.90 to 0.75 that are noticed, by days since the fall</title>
        <rect width="100%%" height="100%%" fill="white"/>
        """
            .formatted(WIDTH, HEIGHT));
    for (int day = 0; day <= DAYS; day += 7) {
      line(svg, x(day), TOP, x(day), TOP + DOWN, "#dddddd", "");
      text(svg, x(day), TOP + DOWN + 18, "middle", Integer.toString(day));
    }
    for (int percent = 0; percent <= 100; percent += 25) {
      line(svg, LEFT, y(percent / 100.0), LEFT + ACROSS, y(percent / 100.0), "#dddddd", "");
      text(svg, LEFT - 8, y(percent / 100.0) + 4, "end", percent + " %");
    }
    text(svg, LEFT + ACROSS / 2.0, HEIGHT - 18, "middle", "days since the fall");
    int n = 0;
    for (Map.Entry<FallSimulation, FallSimulation.Outcome> each : all.entrySet()) {
      String colour = COLOURS[n % COLOURS.length];
      String dash = each.getKey().share() == 1 ? "" : " stroke-dasharray=\"6 4\"";
      svg.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s points=\""
              .formatted(colour, dash));
      for (int half = 0; half <= 2 * DAYS; half++) {
        svg.append("%.1f,%.1f ".formatted(x(half / 2.0), y(each.getValue().within(half / 2.0))));
      }
      svg.append("\"/>\n");
      double at = TOP + 12 + 22.0 * n;
      line(svg, LEFT + ACROSS + 14, at - 4, LEFT + ACROSS + 44, at - 4, colour, dash);
      text(svg, LEFT + ACROSS + 50, at, "start", named(each.getKey()));
      n++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String named(FallSimulation simulation) {
    return "%s, %s"
        .formatted(
            simulation.share() == 1 ? "all" : "a tenth",
            simulation.lateDays() == 0
                ? "said at once"
                : "after %.0f days".formatted(simulation.lateDays()));
  }

  private static double x(double day) {
    return LEFT + ACROSS * day / DAYS;
  }

  private static double y(double share) {
    return TOP + DOWN * (1 - share);
  }

  private static void line(
      StringBuilder svg, double x, double y, double toX, double toY, String colour, String dash) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"%s/>%n",
            x,
            y,
            toX,
            toY,
            colour,
            colour.equals("#dddddd") ? 1 : 2,
            dash));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            words));
  }
}
