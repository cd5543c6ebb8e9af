package org.osteon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.osteon.bench.table.BenchReport;

/**
 * Draws images a second against the batch size, a line for each batch delay, from a bench's JSON.
 */
final class SweepFigure {
  /** Told apart by colour, dashes and marks, so in print and by everyone. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x1F, 0x77, 0xB4), new Color(0xD6, 0x27, 0x28), new Color(0x2C, 0xA0, 0x2C));

  private static final List<BasicStroke> STROKES =
      List.of(SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DASH_DOT);
  private static final List<Marker> MARKS =
      List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP);

  private SweepFigure() {}

  /**
   * @param json as {@link BenchReport} wrote it, with rows of {@link Sweep}
   * @param file a PNG
   */
  static void write(Path json, Path file) throws IOException {
    BitmapEncoder.saveBitmap(chart(json), file.toString(), BitmapFormat.PNG);
  }

  /** The chart by itself. */
  static XYChart chart(Path json) throws IOException {
    Map<Integer, TreeMap<Integer, Double>> lines = new TreeMap<>();
    for (JsonNode row : new ObjectMapper().readTree(json.toFile()).path("rows")) {
      if (row.path("group").asText().equals(Sweep.GROUP)) {
        Sweep.Setting setting = Sweep.Setting.of(row.path("name").asText());
        lines
            .computeIfAbsent(setting.delayMillis(), delay -> new TreeMap<>())
            .put(setting.batch(), row.path("median").asDouble());
      }
    }
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(460)
            .title("From a backlog: the larger the batch, the more images")
            .xAxisTitle("batch.max.size, images (logarithmic)")
            .yAxisTitle("images a second")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setXAxisLogarithmicDecadeOnly(false);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    chart.getStyler().setAntiAlias(true).setChartBackgroundColor(Color.WHITE);
    lines.forEach((delay, rates) -> add(chart, delay, rates));
    return chart;
  }

  private static void add(XYChart chart, int delay, TreeMap<Integer, Double> rates) {
    int n = chart.getSeriesMap().size();
    XYSeries line =
        chart.addSeries(
            "batch.max.delay.ms=" + delay,
            List.copyOf(rates.keySet()),
            List.copyOf(rates.values()));
    line.setLineColor(COLOURS.get(n % COLOURS.size()));
    line.setMarkerColor(COLOURS.get(n % COLOURS.size()));
    line.setLineStyle(STROKES.get(n % STROKES.size()));
    line.setMarker(MARKS.get(n % MARKS.size()));
  }
}
