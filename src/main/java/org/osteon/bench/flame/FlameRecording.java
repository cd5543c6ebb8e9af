package org.osteon.bench.flame;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where this process is, by JDK Flight Recorder's samples of Java and of native methods.
 *
 * <p>At each tick Flight Recorder looks at every thread that runs Java (five at most), but at one
 * only of those that are in a native method, in turn, be it at work or waiting. So a sight of a
 * native method stands for many: for as many as there were ticks for each sight of a thread that
 * waits in one all the time, which this class starts for the purpose.
 *
 * <p><b>Threading.</b> Opened, read and closed by one thread.
 */
public final class FlameRecording implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(10);
  private static final String JAVA = "jdk.ExecutionSample";
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final Set<String> SAMPLES = Set.of(JAVA, NATIVE);
  private static final String WAITING = "osteon-flame-waits";

  /** Native methods in which a thread waits and uses no CPU. */
  private static final Set<String> IDLE =
      Set.of(
          "sun.nio.ch.EPoll.wait",
          "sun.nio.ch.Net.poll",
          "sun.nio.ch.Net.accept",
          "java.lang.ProcessHandleImpl.waitForProcessExit0",
          "java.io.FileInputStream.readBytes");

  /** What only leads from an interface to the method behind it. */
  private static final String TRAMPOLINE = "$$Lambda";

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

  private final Recording recording = new Recording();
  private final Selector selector;
  private final Thread waiting;

  private FlameRecording() throws IOException {
    this.selector = Selector.open();
    this.waiting = new Thread(this::waitInNative, WAITING);
  }

  public static FlameRecording start() throws IOException {
    FlameRecording started = new FlameRecording();
    started.waiting.setDaemon(true);
    started.waiting.start();
    for (String event : SAMPLES) {
      started.recording.enable(event).withPeriod(TICK);
    }
    started.recording.start();
    return started;
  }

  /**
   * Ends the recording.
   *
   * @param from what was seen earlier is left out
   * @param to what was seen later too
   * @return weight of each stack, outermost caller first, by {@link CpuCosts#purpose}
   */
  public Map<String, Map<List<String>, Double>> stacks(Instant from, Instant to)
      throws IOException {
    recording.stop();
    Path file = Files.createTempFile("osteon-flame-", ".jfr");
    try {
      recording.dump(file);
      List<RecordedEvent> events = new ArrayList<>();
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        boolean within = !event.getStartTime().isBefore(from) && event.getStartTime().isBefore(to);
        // The file holds what other recordings of this process asked for as well.
        String type = event.getEventType().getName();
        if (within && SAMPLES.contains(type) && event.getStackTrace() != null) {
          events.add(event);
        }
      }
      return weigh(events, Duration.between(from, to));
    } finally {
      Files.delete(file);
    }
  }

  private static Map<String, Map<List<String>, Double>> weigh(
      List<RecordedEvent> events, Duration length) {
    long sights = events.stream().filter(each -> thread(each).equals(WAITING)).count();
    if (sights == 0) {
      throw new IllegalStateException("Flight Recorder saw no native method in " + length + ".");
    }
    double weightOfNative = (double) length.toMillis() / TICK.toMillis() / sights;
    Map<String, Map<List<String>, Double>> stacks = new TreeMap<>();
    for (RecordedEvent event : events) {
      List<String> frames = frames(event);
      boolean idle = !frames.isEmpty() && IDLE.contains(frames.get(frames.size() - 1));
      if (!idle && !frames.isEmpty()) {
        double weight = event.getEventType().getName().equals(NATIVE) ? weightOfNative : 1;
        stacks
            .computeIfAbsent(CpuCosts.purpose(thread(event)), purpose -> new HashMap<>())
            .merge(frames, weight, Double::sum);
      }
    }
    return stacks;
  }

  private static String thread(RecordedEvent event) {
    RecordedThread thread = event.getThread("sampledThread");
    return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
  }

  /** The outermost caller first; without what every thread begins with. */
  private static List<String> frames(RecordedEvent event) {
    List<String> frames = new ArrayList<>();
    List<RecordedFrame> innermostFirst = event.getStackTrace().getFrames();
    for (int i = innermostFirst.size() - 1; i >= 0; i--) {
      RecordedMethod method = innermostFirst.get(i).getMethod();
      String name = name(method.getType().getName(), method.getName());
      if (!name.contains(TRAMPOLINE) && !name.equals("java.lang.Thread.run")) {
        frames.add(name);
      }
    }
    return List.copyOf(frames);
  }

  /** {@code org.osteon.image.jpeg.JpegFormat.decode}, without the number that a lambda has. */
  private static String name(String type, String method) {
    return type + "." + LAMBDA.matcher(method).replaceAll("$1, lambda");
  }

  private void waitInNative() {
    try {
      while (selector.isOpen()) {
        selector.select();
      }
    } catch (IOException e) {
      // Then nothing is seen of this thread, and that is told.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    recording.close();
    selector.close();
  }
}
