package org.osteon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.osteon.model.ModelVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code osteon model diff}. */
@Command(
    name = "diff",
    description = "Shows what two versions say differently of themselves.",
    mixinStandardHelpOptions = true)
final class ModelDiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of a version")
  private Path left;

  @Parameters(index = "1", paramLabel = "DIR", description = "Folder of another")
  private Path right;

  @Override
  public Integer call() throws IOException {
    Map<String, String> one = facts(left);
    Map<String, String> other = facts(right);
    TreeSet<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    PrintWriter out = spec.commandLine().getOut();
    for (String key : keys) {
      String before = one.getOrDefault(key, "-");
      String after = other.getOrDefault(key, "-");
      if (!before.equals(after)) {
        out.printf("%-36s %s → %s%n", key, before, after);
      }
    }
    out.flush();
    return 0;
  }

  /** Every leaf of the manifest but the digests of files, which differ in any case. */
  private static Map<String, String> facts(Path folder) throws IOException {
    ModelVersion version = ModelVersion.read(folder);
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
