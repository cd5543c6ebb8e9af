package org.osteon.bench.flame;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.image.isolated.DecoderMain;

/**
 * CPU time of this process so far, in microseconds, by what it went to: Java's threads by name, the
 * JVM's own by what Linux calls them, that of its decode processes too; of these the rest; and of
 * other processes, each as a whole.
 *
 * @param micros by purpose
 */
public record CpuCosts(Map<String, Double> micros) {
  public static final String COMPILERS = "the JVM's compilers";

  public static final String STREAM = "stream threads";

  static final String DECODE_PROCESSES = "decode processes";

  private static final String DECODE = "decode threads";
  private static final String INFERENCE = "inference threads";

  private static final double TICK_MICROS = 1e4;
  private static final int UTIME = 11;

  /**
   * What ended before it is not in it: read while the threads of interest live.
   *
   * @param others process ids by what their time is to be called
   */
  public static CpuCosts now(Map<String, Long> others) {
    Map<String, Double> micros = new LinkedHashMap<>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null) {
        double used = Math.max(0, threads.getThreadCpuTime(thread.getThreadId())) / 1e3;
        micros.merge(purpose(thread.getThreadName()), used, Double::sum);
      }
    }
    try {
      addTasks(ProcessHandle.current(), null, micros);
      List<ProcessHandle> children = ProcessHandle.current().children().toList();
      for (ProcessHandle child : children) {
        if (decodes(child)) {
          addTasks(child, DECODE_PROCESSES, micros);
        }
      }
      for (Map.Entry<String, Long> other : others.entrySet()) {
        String stat = Files.readString(Path.of("/proc", other.getValue().toString(), "stat"));
        micros.merge(other.getKey(), tickMicros(stat), Double::sum);
      }
    } catch (IOException e) {
      // Not Linux: then what the JVM itself uses is not told.
      return new CpuCosts(micros);
    }
    return new CpuCosts(micros);
  }

  /** What was used since {@code before}, for each of {@code images}. */
  public CpuCosts perImage(CpuCosts before, int images) {
    Map<String, Double> each = new LinkedHashMap<>();
    micros.forEach(
        (purpose, used) ->
            each.put(purpose, (used - before.micros.getOrDefault(purpose, 0.0)) / images));
    return new CpuCosts(each);
  }

  /** What went to decoding, to digests of images and to the model, and so not to overhead. */
  public double useful() {
    return List.of(DECODE, DECODE_PROCESSES, INFERENCE).stream()
        .mapToDouble(purpose -> micros.getOrDefault(purpose, 0.0))
        .sum();
  }

  /** What the CPU time of a Java thread counts as, by its name. */
  static String purpose(String thread) {
    if (thread.startsWith("osteon-decode")) {
      return DECODE;
    }
    if (thread.startsWith("osteon-inference")) {
      return INFERENCE;
    }
    if (thread.contains("StreamThread") && !thread.contains("kafka-producer")) {
      return STREAM;
    }
    if (thread.startsWith("kafka-producer")) {
      return "producers' senders";
    }
    return "other Java threads";
  }

  /** User and system time; the two tick counts stand behind the name in brackets. */
  private static double tickMicros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return TICK_MICROS
        * (Double.parseDouble(fields[UTIME]) + Double.parseDouble(fields[UTIME + 1]));
  }

  /** {@code ProcessHandle} tells no command line of a page or more, which a class path is. */
  private static boolean decodes(ProcessHandle child) throws IOException {
    Path command = Path.of("/proc", Long.toString(child.pid()), "cmdline");
    return Files.readString(command).contains(DecoderMain.class.getName());
  }

  /**
   * The threads of a process.
   *
   * @param rest what all counts as but what the JVM does for itself; null: not at all
   */
  private static void addTasks(
      ProcessHandle process, @Nullable String rest, Map<String, Double> micros) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()), "task");
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder)) {
      for (Path task : tasks) {
        addTask(task, rest, micros);
      }
    }
  }

  private static void addTask(Path task, @Nullable String rest, Map<String, Double> micros) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      String own = nativePurpose(name);
      String purpose = own == null ? rest : own;
      if (purpose != null) {
        micros.merge(purpose, tickMicros(stat), Double::sum);
      }
    } catch (IOException e) {
      // It ended meanwhile.
      return;
    }
  }

  private static @Nullable String nativePurpose(String name) {
    if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
      return COMPILERS;
    }
    if (name.startsWith("GC ") || name.startsWith("G1 ") || name.startsWith("VM Thread")) {
      return "garbage collection";
    }
    return null;
  }
}
