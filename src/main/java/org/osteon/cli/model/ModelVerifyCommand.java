package org.osteon.cli.model;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.output.Json;
import org.osteon.cli.output.ProgressLines;
import org.osteon.client.OperationFailedException;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.osteon.model.TrustedKeys;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;
import org.osteon.model.engine.VariantTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model verify}. */
@Command(
    name = "verify",
    description =
        "Checks every digest, and that the golden outputs are reproduced on this machine; a coarser variant that does not is named, because serving leaves it out.",
    mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
  private static final int BATCH = 16;

  /** The variant that every version has, and that serving falls back to. */
  private static final String EXACT = "f32";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of versions")
  private List<Path> folders = List.of();

  @Option(
      names = "--device",
      defaultValue = "cpu",
      description = "auto, cpu, gpu or gpu:N (default ${DEFAULT-VALUE})")
  private String device;

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description =
          "Holds the signature beside the manifest to this Ed25519 public key, in PEM; may be given more than once.")
  private @Nullable List<Path> keys;

  @Option(names = "--json", description = "JSON instead of lines.")
  private boolean json;

  /**
   * How one variant did.
   *
   * @param tolerance of the golden outputs
   * @param millis of an image, null where it was refused
   * @param fault why it was refused, or null
   */
  private record Tried(
      String precision,
      String device,
      double tolerance,
      @Nullable Double millis,
      @Nullable String fault) {}

  @Override
  public Integer call() {
    TrustedKeys trusted;
    try {
      trusted = new TrustedKeys(keys == null ? List.of() : keys);
    } catch (IllegalArgumentException e) {
      throw new OperationFailedException(String.valueOf(e.getMessage()), e);
    }
    DjlEngine.configure(Cpus.single());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> all = new ArrayList<>();
    boolean sound = true;
    for (Path folder : folders) {
      ModelVersion version = ModelVersion.read(folder);
      trusted.check(folder);
      if (!json) {
        out.printf(
            "%s: %d files, every digest is right%s%n",
            version.label(),
            version.manifest().files().size(),
            keys == null ? "" : ", and so is the signature");
        out.flush();
      }
      List<Tried> variants = variants(version);
      sound &=
          variants.stream()
              .noneMatch(each -> each.precision().equals(EXACT) && each.fault() != null);
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("version", version.label());
      facts.put("files", version.manifest().files().size());
      facts.put("signatureChecked", keys != null);
      facts.put("variants", variants);
      all.add(facts);
    }
    if (json) {
      out.println(Json.of(all));
    }
    out.flush();
    return sound ? 0 : 1;
  }

  private List<Tried> variants(ModelVersion version) {
    List<String> names = version.manifest().variants().keySet().stream().sorted().toList();
    ProgressLines progress = new ProgressLines(spec.commandLine().getErr());
    LongConsumer step = progress.begin("variants tried", names.size());
    List<Tried> tried = new ArrayList<>();
    for (String precision : names) {
      step.accept(tried.size());
      Tried one = one(version, precision);
      tried.add(one);
      progress.clear();
      if (!json) {
        say(one);
      }
    }
    return tried;
  }

  private Tried one(ModelVersion version, String precision) {
    double tolerance = version.manifest().golden().tolerance().getOrDefault(precision, 0.0);
    try (DjlModel model = DjlModel.load(version, device, precision)) {
      double millis = VariantTimes.micros(model, BATCH) / 1e3;
      return new Tried(precision, model.deviceName(), tolerance, millis, null);
    } catch (ModelRefusedException e) {
      return new Tried(precision, device, tolerance, null, String.valueOf(e.getMessage()));
    }
  }

  private void say(Tried one) {
    PrintWriter out = spec.commandLine().getOut();
    if (one.fault() == null) {
      out.printf(
          "  %s on %s: golden outputs within %s, %.2f ms an image%n",
          one.precision(), one.device(), one.tolerance(), one.millis());
    } else {
      out.printf("  %s is not for this machine: %s%n", one.precision(), one.fault());
    }
    out.flush();
  }
}
