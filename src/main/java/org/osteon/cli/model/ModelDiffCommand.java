package org.osteon.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.osteon.cli.options.SettingsOptions;
import org.osteon.cli.output.Json;
import org.osteon.client.OperationFailedException;
import org.osteon.config.Settings;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.model.ModelVersion;
import org.osteon.service.rollout.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model diff}. */
@Command(
    name = "diff",
    description =
        "Shows what two versions say differently of themselves; with no folders, the active and the shadow one as they were deployed.",
    mixinStandardHelpOptions = true)
final class ModelDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..2",
      description = "Folder of a version, and folder of another")
  private List<Path> folders = List.of();

  @Option(names = "--json", description = "JSON instead of lines.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (folders.size() == 1) {
      throw new ParameterException(spec.commandLine(), "Give two folders, or none.");
    }
    List<ModelVersion> versions =
        folders.isEmpty() ? deployed() : folders.stream().map(ModelVersion::read).toList();
    Map<String, String> one = facts(versions.get(0));
    Map<String, String> other = facts(versions.get(1));
    TreeSet<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, String>> differences = new ArrayList<>();
    for (String key : keys) {
      String before = one.getOrDefault(key, "-");
      String after = other.getOrDefault(key, "-");
      if (!before.equals(after)) {
        differences.add(Map.of("key", key, "one", before, "other", after));
        if (!json) {
          out.printf("%-36s %s → %s%n", key, before, after);
        }
      }
    }
    if (json) {
      out.println(Json.of(differences));
    }
    out.flush();
    return 0;
  }

  private List<ModelVersion> deployed() {
    Settings settings = options.settings();
    try (ModelSource source = new ModelSource(settings);
        DeploymentTopic topic = ModelDeployCommand.topic(settings).readToEnd()) {
      return Stream.of(topic.active(), topic.shadow())
          .map(
              one ->
                  source.of(
                      one.orElseThrow(
                          () ->
                              new OperationFailedException(
                                  "There are no active and shadow versions that were deployed: give two folders."))))
          .toList();
    }
  }

  /** Every leaf of the manifest but the digests of files, which differ in any case. */
  private static Map<String, String> facts(ModelVersion version) throws IOException {
    JsonNode manifest =
        new ObjectMapper().readTree(version.folder().resolve("model.json").toFile());
    Map<String, String> facts = new TreeMap<>();
    flatten("", manifest, facts);
    facts.keySet().removeIf(key -> key.startsWith("files."));
    return facts;
  }

  private static void flatten(String at, JsonNode node, Map<String, String> facts) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field ->
                  flatten(
                      at.isEmpty() ? field.getKey() : at + "." + field.getKey(),
                      field.getValue(),
                      facts));
    } else {
      facts.put(at, node.toString());
    }
  }
}
