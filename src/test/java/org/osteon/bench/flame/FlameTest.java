package org.osteon.bench.flame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@Timeout(600)
class FlameTest {
  private static final String DECODE = "decode threads";
  private static final String SPINS = "org.osteon.bench.flame.FlameTest.spins";
  private static final String DEFLATES = "org.osteon.bench.flame.FlameTest.deflates";

  @TempDir Path folder;

  private volatile long sink;

  @Test
  void aThreadThatDoesTwoThingsIsSeenToDoBothJavaAndNative() throws Exception {
    Map<String, Map<List<String>, Double>> seen = recorded(2);
    assertThat(weight(seen, SPINS)).as("sights of Java").isPositive();
    assertThat(weight(seen, DEFLATES)).as("sights of native methods").isPositive();
  }

  /** For an idle machine. */
  @Tag("bench")
  @Test
  void whatIsDoneForAsLongIsSeenAsOften() throws Exception {
    Map<String, Map<List<String>, Double>> seen = recorded(6);
    double spun = weight(seen, SPINS);
    double deflated = weight(seen, DEFLATES);
    assertThat(spun / (spun + deflated))
        .as("%.0f sights of Java, %.0f of native methods", spun, deflated)
        .isBetween(0.3, 0.7);
  }

  @Test
  void aPurposeIsAsWideAsItsCpuTime() {
    FlameStacks stacks =
        FlameStacks.of(
            Map.of(DECODE, Map.of(List.of("a.A.b"), 3.0, List.of("a.A.b", "a.A.c"), 1.0)),
            Map.of(DECODE, 800.0, "the broker", 200.0));
    assertThat(stacks.root().micros()).isEqualTo(1000);
    FlameStacks.Frame decode = stacks.root().called().get(0);
    assertThat(decode.name()).isEqualTo(DECODE);
    assertThat(decode.micros()).isEqualTo(800);
    FlameStacks.Frame b = decode.called().get(0);
    assertThat(b.micros()).isEqualTo(800);
    assertThat(b.called().get(0).micros()).isEqualTo(200);
    assertThat(stacks.root().called().get(1).micros()).as("never in a stack").isEqualTo(200);
  }

  @Test
  void framesStandOnTheirCallersAndTheSmallestAreLeftOut() throws Exception {
    FlameStacks stacks = new FlameStacks();
    stacks.add(List.of(DECODE, "org.osteon.image.A.<init>", "java.util.B.c"), 500);
    stacks.add(List.of(DECODE, "org.osteon.image.A.<init>"), 498);
    stacks.add(List.of(DECODE, "org.osteon.image.Rare.d"), 2);
    Path file = folder.resolve("flame.svg");
    FlameFigure.write(stacks, "small & drawn", file);
    Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(Files.readString(file)).doesNotContain("Rare");
    Element whole = frame(svg, "an image");
    Element called = frame(svg, "org.osteon.image.A.<init>");
    Element inner = frame(svg, "java.util.B.c");
    assertThat(number(inner, "width")).isCloseTo(number(whole, "width") / 2, within(0.1));
    assertThat(number(inner, "x")).isEqualTo(number(called, "x"));
    assertThat(number(inner, "y")).isLessThan(number(called, "y"));
    assertThat(number(called, "y")).isLessThan(number(whole, "y"));
    assertThat(called.getParentNode().getTextContent()).contains("A.<init>").contains("99.8 %");
  }

  private Map<String, Map<List<String>, Double>> recorded(long seconds) throws Exception {
    try (FlameRecording recording = FlameRecording.start()) {
      Instant from = Instant.now();
      Thread works = new Thread(() -> inTurn(seconds), "osteon-decode-0");
      works.start();
      works.join();
      return recording.stacks(from, Instant.now());
    }
  }

  /** Each for as long, in turn, so that what else runs here takes from both. */
  private void inTurn(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    byte[] bytes = new byte[1 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * i >>> 7);
    }
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      deflates(bytes);
      spins(System.nanoTime() - start);
    }
  }

  private void deflates(byte[] bytes) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(bytes);
    deflater.finish();
    ByteBuffer out = ByteBuffer.allocate(2 * bytes.length);
    deflater.deflate(out);
    deflater.end();
    sink += out.position();
  }

  private void spins(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      for (int i = 0; i < 1000; i++) {
        sink += i;
      }
    }
  }

  private static double weight(Map<String, Map<List<String>, Double>> seen, String frame) {
    return seen.getOrDefault(DECODE, Map.of()).entrySet().stream()
        .filter(each -> each.getKey().contains(frame))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static Element frame(Document svg, String name) {
    List<Element> found = new ArrayList<>();
    NodeList titles = svg.getElementsByTagName("title");
    for (int i = 0; i < titles.getLength(); i++) {
      if (titles.item(i).getTextContent().startsWith(name + ":")) {
        Element group = (Element) titles.item(i).getParentNode();
        found.add((Element) group.getElementsByTagName("rect").item(0));
      }
    }
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private static double number(Element rect, String attribute) {
    return Double.parseDouble(rect.getAttribute(attribute));
  }
}
