package org.osteon.dataset.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.osteon.dataset.scan.Resolution;
import org.osteon.dataset.scan.ResolutionReport;
import org.osteon.dataset.scan.SizeClusters;
import org.osteon.image.ImageInfo;

/** Draws a {@link ResolutionReport}: the sizes on the left, what input sizes cost on the right. */
public final class ResolutionFigure {
  private static final int SIDE = 420;
  private static final int MARGIN = 60;

  private final ResolutionReport report;
  private final BufferedImage image = Canvas.of(2 * SIDE + 3 * MARGIN, SIDE + 2 * MARGIN);
  private final Graphics2D g = Canvas.pen(image);

  private ResolutionFigure(ResolutionReport report) {
    this.report = report;
  }

  /** Writes a PNG. */
  public static void write(ResolutionReport report, Path file) throws IOException {
    ResolutionFigure figure = new ResolutionFigure(report);
    figure.scatter(MARGIN);
    figure.costs(2 * MARGIN + SIDE);
    figure.g.dispose();
    Canvas.write(figure.image, file);
  }

  private void scatter(int left) {
    double longest = report.sizes().stream().mapToInt(Resolution::longer).max().orElse(1);
    int step = longest > 2000 ? 1000 : longest > 800 ? 500 : 100;
    for (int tick = 0; tick <= longest; tick += step) {
      double at = tick / longest * SIDE;
      vertical(left + at, Integer.toString(tick));
      horizontal(left, at, Integer.toString(tick));
    }
    g.drawString("width (pixels), height upwards; circles: k-means centres", left, MARGIN - 12);
    g.setColor(new Color(31, 119, 180, 60));
    for (ImageInfo size : report.sizes()) {
      double x = left + size.width() / longest * SIDE;
      double y = MARGIN + SIDE - size.height() / longest * SIDE;
      g.fill(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
    }
    for (SizeClusters.Cluster cluster : report.clusters()) {
      double x = left + cluster.centre().width() / longest * SIDE;
      double y = MARGIN + SIDE - cluster.centre().height() / longest * SIDE;
      g.setColor(Canvas.RED);
      g.setStroke(new BasicStroke(2.5f));
      g.draw(new Ellipse2D.Double(x - 7, y - 7, 14, 14));
      g.drawString(
          "%.0f × %.0f (%d)"
              .formatted(cluster.centre().width(), cluster.centre().height(), cluster.images()),
          (float) Math.min(x + 11, left + SIDE - 90),
          (float) y - 6);
    }
    frame(left);
  }

  private void costs(int left) {
    List<ResolutionReport.Candidate> candidates = report.candidates();
    for (ResolutionReport.Candidate candidate : candidates) {
      vertical(left + x(candidate.side()), Integer.toString(candidate.side()));
    }
    for (int tick = 0; tick <= 100; tick += 20) {
      horizontal(left, tick / 100.0 * SIDE, tick + " %");
    }
    g.drawString("input size (pixels a side); dashed: suggested", left, MARGIN - 12);
    line(left, Canvas.RED, "gradient energy lost", ResolutionReport.Candidate::gradient);
    line(left, Canvas.BLUE, "images enlarged", ResolutionReport.Candidate::enlarged);
    g.setColor(Canvas.INK);
    g.setStroke(
        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {5}, 0));
    double x = left + x(report.suggested());
    g.draw(new Line2D.Double(x, MARGIN, x, MARGIN + SIDE));
    frame(left);
  }

  private void line(
      int left, Color color, String name, ToDoubleFunction<ResolutionReport.Candidate> value) {
    g.setColor(color);
    g.setStroke(new BasicStroke(2.5f));
    double lastX = 0;
    double lastY = 0;
    for (int i = 0; i < report.candidates().size(); i++) {
      ResolutionReport.Candidate candidate = report.candidates().get(i);
      double x = left + x(candidate.side());
      double y = MARGIN + SIDE - value.applyAsDouble(candidate) * SIDE;
      g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      if (i > 0) {
        g.draw(new Line2D.Double(lastX, lastY, x, y));
      }
      lastX = x;
      lastY = y;
    }
    boolean high = color.equals(Canvas.RED);
    g.drawString(name, left + SIDE - 150, MARGIN + (high ? 20 : 38));
  }

  private double x(int side) {
    int first = Resolution.CANDIDATES.get(0);
    int last = Resolution.CANDIDATES.get(Resolution.CANDIDATES.size() - 1);
    return (15 + (SIDE - 30) * Math.log((double) side / first) / Math.log((double) last / first));
  }

  private void vertical(double x, String label) {
    g.setColor(Canvas.FAINT);
    g.draw(new Line2D.Double(x, MARGIN, x, MARGIN + SIDE));
    g.setColor(Canvas.INK);
    g.drawString(label, (float) x - 10, MARGIN + SIDE + 18);
  }

  private void horizontal(int left, double up, String label) {
    double y = MARGIN + SIDE - up;
    g.setColor(Canvas.FAINT);
    g.draw(new Line2D.Double(left, y, left + SIDE, y));
    g.setColor(Canvas.INK);
    g.drawString(label, left - 8 - g.getFontMetrics().stringWidth(label), (float) y + 4);
  }

  private void frame(int left) {
    g.setColor(Canvas.INK);
    g.setStroke(new BasicStroke(1f));
    g.drawRect(left, MARGIN, SIDE, SIDE);
  }
}
