package org.osteon.demo.roundtrip;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.osteon.client.TopicWindow;
import org.osteon.config.Settings;
import org.osteon.config.keys.TopicKeys;
import org.osteon.event.FallTest;
import org.osteon.event.GroupDimension;
import org.osteon.event.Performance;
import org.osteon.event.Period;
import org.osteon.event.Proportion;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.report.WorthPage;

/** What {@code topics.performance} says of a version in a room. */
final class Figures {
  private final List<Performance> all;
  private final String page;

  private Figures(List<Performance> all, String page) {
    this.all = all;
    this.page = page;
  }

  /** As of now, of thirty days. */
  static Figures read(Settings settings) throws InterruptedException {
    String topic = settings.get(TopicKeys.PERFORMANCE);
    Deserializer<Performance> deserializer =
        new EventSerdes(Registry.connect(settings), settings).performance().deserializer();
    Map<String, Performance> held =
        TopicWindow.latest(settings, topic, deserializer, TopicWindow.UNWATCHED);
    return new Figures(
        held.values().stream()
            .filter(each -> each.getPeriod() == Period.THIRTY_DAYS)
            .filter(each -> each.getFacility() != null)
            .toList(),
        WorthPage.of(held.values(), Instant.now()));
  }

  /** All of it, as {@code osteon report --performance} writes it. */
  String page() {
    return page;
  }

  Optional<Performance> of(String version, Room room) {
    return all.stream()
        .filter(each -> each.getModel().getVersion().equals(version))
        .filter(each -> each.getDimension() == GroupDimension.SCANNER)
        .filter(each -> room.station().equals(each.getValue()))
        .findFirst();
  }

  /** Studies of them with a truth. */
  long told(String version, Room room) {
    return of(version, room).map(Performance::getTruthShare).map(Proportion::getHits).orElse(0L);
  }

  /** The first alarm of a version in a room. */
  Optional<FallTest> alarm(String version, Room room) {
    return of(version, room).stream()
        .flatMap(each -> each.getTests().stream())
        .filter(FallTest::getAlarm)
        .findFirst();
  }

  /** A row of the table that ends the demo. */
  String row(String version, Room room) {
    Performance figures = of(version, room).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%-9s %-7s %7d   %-26s %-26s",
        "version " + version,
        room.station(),
        figures.getStudies(),
        words(figures.getSensitivity()),
        words(figures.getDefiniteSpecificity()));
  }

  /** Mean of sensitivity and of the specificity of what is definite: 0.5 is worth nothing. */
  double worth(String version, Room room) {
    Performance figures = of(version, room).orElseThrow();
    return (value(figures.getSensitivity()) + value(figures.getDefiniteSpecificity())) / 2;
  }

  static String words(@Nullable Proportion share) {
    return share == null
        ? "–"
        : String.format(
            Locale.ROOT, "%.2f (%.2f to %.2f)", share.getValue(), share.getLow(), share.getHigh());
  }

  private static double value(@Nullable Proportion share) {
    return share == null ? 0 : share.getValue();
  }
}
