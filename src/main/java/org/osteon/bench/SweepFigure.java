package org.osteon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osteon.dataset.figure.Canvas;

/**
 * Draws images a second against the batch size, a line for each batch delay, from a bench's JSON.
 */
final class SweepFigure {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 340;
  private static final int MARGIN = 60;
  private static final List<Color> COLOURS =
      List.of(Canvas.BLUE, Canvas.RED, new Color(0x2C, 0xA0, 0x2C), new Color(0x94, 0x67, 0xBD));

  private record Point(int batch, double rate) {}

  private SweepFigure() {}

  /**
   * @param json as {@link BenchReport} wrote it, with rows of {@link Sweep}
   * @param file a PNG
   */
  static void write(Path json, Path file) throws IOException {
    Map<Integer, List<Point>> lines = new TreeMap<>();
    for (JsonNode row : new ObjectMapper().readTree(json.toFile()).path("rows")) {
      if (row.path("group").asText().equals(Sweep.GROUP)) {
        Sweep.Setting setting = Sweep.Setting.of(row.path("name").asText());
        lines
            .computeIfAbsent(setting.delayMillis(), delay -> new ArrayList<>())
            .add(new Point(setting.batch(), row.path("median").asDouble()));
      }
    }
    BufferedImage image = Canvas.of(WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN);
    Graphics2D g = Canvas.pen(image);
    draw(g, lines);
    g.dispose();
    Canvas.write(image, file);
  }

  private static void draw(Graphics2D g, Map<Integer, List<Point>> lines) {
    double most =
        lines.values().stream().flatMap(List::stream).mapToDouble(Point::rate).max().orElse(1);
    int step = most > 2000 ? 500 : most > 400 ? 100 : most > 80 ? 20 : 5;
    for (int tick = 0; tick <= most; tick += step) {
      double y = y(tick / most);
      g.setColor(Canvas.FAINT);
      g.draw(new Line2D.Double(MARGIN, y, MARGIN + WIDTH, y));
      g.setColor(Canvas.INK);
      g.drawString(Integer.toString(tick), MARGIN - 35, (float) y + 4);
    }
    for (int batch : Sweep.BATCHES) {
      g.drawString(Integer.toString(batch), (float) x(batch) - 6, MARGIN + HEIGHT + 18);
    }
    g.drawString("images a second from a backlog, against batch.max.size", MARGIN, MARGIN - 14);
    int n = 0;
    for (Map.Entry<Integer, List<Point>> line : lines.entrySet()) {
      g.setColor(COLOURS.get(n % COLOURS.size()));
      String name = "batch.max.delay.ms=" + line.getKey();
      g.drawString(name, MARGIN + WIDTH - 170, MARGIN + HEIGHT - 14 - 18 * n);
      line(g, line.getValue(), most);
      n++;
    }
    g.setColor(Canvas.INK);
    g.drawRect(MARGIN, MARGIN, WIDTH, HEIGHT);
  }

  private static void line(Graphics2D g, List<Point> points, double most) {
    g.setStroke(new BasicStroke(2.5f));
    for (int i = 0; i < points.size(); i++) {
      double x = x(points.get(i).batch());
      double y = y(points.get(i).rate() / most);
      g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      if (i > 0) {
        Point last = points.get(i - 1);
        g.draw(new Line2D.Double(x(last.batch()), y(last.rate() / most), x, y));
      }
    }
    g.setStroke(new BasicStroke(1f));
  }

  private static double x(int batch) {
    int most = Sweep.BATCHES.get(Sweep.BATCHES.size() - 1);
    return MARGIN + 20 + (WIDTH - 40) * Math.log(batch) / Math.log(most);
  }

  private static double y(double share) {
    return MARGIN + HEIGHT - share * (HEIGHT - 20);
  }
}
