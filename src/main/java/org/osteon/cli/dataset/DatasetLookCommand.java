package org.osteon.cli.dataset;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.output.ProgressLines;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.figure.Look;
import org.osteon.dataset.figure.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code osteon dataset look}. */
@Command(
    name = "look",
    description = "Draws a contact sheet: images of each class with what is said of them.",
    mixinStandardHelpOptions = true)
public final class DatasetLookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DatasetFolder data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A .png, or an .html that holds its images")
  private Path out;

  @Option(
      names = "--per-class",
      defaultValue = "12",
      description = "Images of each class (default ${DEFAULT-VALUE})")
  private int perClass;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed draws others (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--class", description = "Only this class")
  private @Nullable String className;

  @Option(
      names = "--body-part",
      defaultValue = "",
      description = "Only body parts with this in their name")
  private String bodyPart;

  @Option(
      names = "--source",
      defaultValue = "",
      description = "Only sources with this in their name")
  private String source;

  @Option(
      names = "--of-split",
      defaultValue = "",
      description = "Only train, val or test, as the data set gives them")
  private String split;

  @Option(
      names = "--wrong-by",
      paramLabel = "MODELFOLDER",
      description = "Only what this model version gets wrong, with its answer, the surest first")
  private @Nullable Path wrongBy;

  @Override
  public Integer call() throws IOException {
    int label = className == null ? -1 : ClassWords.standard().label(className);
    if (className != null && label < 0) {
      throw wrong("'%s' is no class: they are %s.", className, ClassWords.CLASSES);
    }
    if (perClass < 1) {
      throw wrong("--per-class is %d: give at least 1.", perClass);
    }
    PrintWriter print = spec.commandLine().getOut();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    Map<String, Integer> found =
        new Look(data.folder, DatasetFolder.decoder(), progress)
            .run(
                data.samples(),
                new Query(label, bodyPart, source, split),
                seed,
                perClass,
                wrongBy,
                out);
    progress.clear();
    print.printf("%s%s, drawn to %s%n", wrongBy == null ? "" : "wrong: ", found, out);
    print.flush();
    return 0;
  }

  private ParameterException wrong(String sentence, Object... with) {
    return new ParameterException(spec.commandLine(), sentence.formatted(with));
  }
}
