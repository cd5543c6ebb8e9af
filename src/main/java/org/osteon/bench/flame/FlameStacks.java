package org.osteon.bench.flame;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stacks merged by their common callers, each frame with the microseconds that it and what it
 * called took of an image.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class FlameStacks {
  private final Frame root = new Frame("an image");

  /** A method, or what stands for one, below its callers. */
  static final class Frame {
    private final String name;
    private final Map<String, Frame> called = new TreeMap<>();
    private double micros;

    private Frame(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    double micros() {
      return micros;
    }

    /** The costliest first. */
    List<Frame> called() {
      return called.values().stream()
          .sorted(Comparator.comparingDouble(Frame::micros).reversed())
          .toList();
    }
  }

  /** What all stacks begin with. */
  Frame root() {
    return root;
  }

  /**
   * @param frames the outermost caller first
   */
  void add(List<String> frames, double micros) {
    Frame at = root;
    at.micros += micros;
    for (String name : frames) {
      at = at.called.computeIfAbsent(name, Frame::new);
      at.micros += micros;
    }
  }

  /**
   * Stacks below each purpose, weighed so that a purpose is as wide as the CPU time that it used.
   * One that was never seen in a stack stands alone.
   *
   * @param seen weight of each stack, by purpose, on any scale
   * @param costs microseconds of each purpose
   */
  public static FlameStacks of(
      Map<String, Map<List<String>, Double>> seen, Map<String, Double> costs) {
    FlameStacks stacks = new FlameStacks();
    costs.forEach(
        (purpose, micros) -> {
          // Threads that ended meanwhile took their time with them: then it may be less than none.
          double used = Math.max(0, micros);
          Map<List<String>, Double> own = seen.getOrDefault(purpose, Map.of(List.of(), 1.0));
          double all = own.values().stream().mapToDouble(Double::doubleValue).sum();
          own.forEach(
              (stack, weight) -> {
                List<String> frames = new ArrayList<>(List.of(purpose));
                frames.addAll(stack);
                stacks.add(frames, used * weight / all);
              });
        });
    return stacks;
  }
}
