package org.osteon.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.osteon.cli.options.Home;
import org.osteon.cli.options.Sandbox;
import org.osteon.demo.Afterwards;
import org.osteon.demo.Demo;
import org.osteon.demo.hospital.HospitalDemo;
import org.osteon.demo.roundtrip.RoundTrip;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon demo}. */
@Command(
    name = "demo",
    description = "Runs everything on this machine: broker, registry, service, sample X-rays.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Images to publish; without it, radiographs that the program draws itself")
  private @Nullable Path folder;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "Of a data set in DIR, the images of this split alone (train, val or test); what they show is known, so the demo ends with a table of what people received")
  private @Nullable String split;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Events to publish; exit status 1 if one has no result or dead letter")
  private int count;

  @Option(
      names = "--hospital",
      description =
          "Starts a gateway, a deliverer and an Orthanc beside it; drawn radiographs go in by C-STORE, and it ends with a table of what came back into which study")
  private boolean hospital;

  @Option(
      names = "--round-trip",
      description =
          "A version meets a detector that it does not know: truths, alarm, export, training, shadow, promotion; arrays and versions are left in DIR (default target/round-trip)")
  private boolean roundTrip;

  @Option(
      names = "--console",
      description =
          "Opens a console beside it, with pictures; images come slowly, and it stays up until interrupted")
  private boolean console;

  @Option(names = "--keep-running", description = "Stay up and print the addresses")
  private boolean keepRunning;

  @Option(names = "--model", paramLabel = "DIR", description = "Folder of a model version")
  private @Nullable Path model;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Of the drawn radiographs (default ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any key of the configuration")
  private final Map<String, String> settings = new TreeMap<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sandbox.require("demo");
    if (hospital && (folder != null || split != null)) {
      throw new ParameterException(
          spec.commandLine(), "--hospital draws its radiographs: give neither DIR nor --split.");
    }
    if (hospital && console) {
      throw new ParameterException(
          spec.commandLine(), "--console goes with the plain demo, not with --hospital.");
    }
    if (roundTrip) {
      if (hospital || split != null || model != null || count != 0 || keepRunning || console) {
        throw new ParameterException(
            spec.commandLine(), "--round-trip takes DIR and none of the other options.");
      }
      Path work = folder == null ? Home.folder().resolve("target/round-trip") : folder;
      return new RoundTrip(Home.folder(), work, System.out).run() ? 0 : 1;
    }
    Path version = model == null ? Home.defaultModel() : model;
    if (hospital) {
      HospitalDemo.Options options =
          new HospitalDemo.Options(count, keepRunning, version, seed, settings);
      return new HospitalDemo(options, System.out).run() ? 0 : 1;
    }
    Demo.Options options =
        new Demo.Options(folder, split, count, afterwards(), version, seed, settings);
    return new Demo(options, System.out, System.console() != null).run() ? 0 : 1;
  }

  private Afterwards afterwards() {
    if (console) {
      return Afterwards.CONSOLE;
    }
    return keepRunning ? Afterwards.STAY : Afterwards.END;
  }
}
