package org.osteon.process;

import com.sun.jna.NativeLibrary;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a Java process of our own is started: the same class path, little memory for what it does not
 * need, and nothing of the environment but what a dynamic loader reads: what the service knows of
 * brokers and buckets is none of its business.
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class ChildJvm {
  private static final List<String> KEPT =
      List.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR");

  /** Where native libraries are unpacked, which a child must find as its parent did. */
  private static final List<String> PROPERTIES =
      List.of("org.bytedeco.javacpp.cachedir", "user.home", "jna.tmpdir");

  private ChildJvm() {}

  /**
   * Not started yet; what it says on standard error goes where the parent's goes.
   *
   * @param main has the main method
   * @param heapMb largest heap in MiB
   * @param options further ones of the JVM
   * @param arguments of the main method
   * @param further names of environment variables that it needs beside the loader's
   */
  public static ProcessBuilder of(
      Class<?> main,
      int heapMb,
      List<String> options,
      List<String> arguments,
      Predicate<String> further) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMb + "m",
            "-XX:+UseSerialGC",
            // One image at a time: a compiler or collector thread for each CPU would only be
            // memory.
            "-XX:ActiveProcessorCount=1",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:-UsePerfData",
            // Its parent reads its output: what a dying JVM says belongs into the log.
            "-XX:+DisplayVMOutputToStderr",
            // Its end is all that is asked of it.
            "-XX:ErrorFile=/dev/null",
            "-XX:-CreateCoredumpOnCrash",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
    command.addAll(options);
    for (String property : PROPERTIES) {
      String value = System.getProperty(property);
      if (value != null) {
        command.add("-D" + property + "=" + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !KEPT.contains(name) && !further.test(name));
    // Each arena takes 64 MiB of address space.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder;
  }

  /**
   * To be called by the child before anything else: what its parent reads. What libraries print,
   * native ones too, goes to standard error from then on, where it disturbs no answer.
   *
   * @throws IOException there is no standard output
   */
  public static OutputStream takeOutput() throws IOException {
    System.setOut(System.err);
    Path pipe = Path.of("/proc/self/fd/1");
    if (!Files.exists(pipe)) {
      return new FileOutputStream(FileDescriptor.out);
    }
    OutputStream own = new FileOutputStream(pipe.toFile());
    NativeLibrary.getInstance("c").getFunction("dup2").invokeInt(new Object[] {2, 1});
    return own;
  }

  /** To be called by the child: it ends with its parent, however that ends. */
  public static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
  }
}
