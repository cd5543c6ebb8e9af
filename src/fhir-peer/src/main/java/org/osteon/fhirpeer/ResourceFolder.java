package org.osteon.fhirpeer;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** Resources as JSON, one a file, {@code TYPE/ID.json}. */
final class ResourceFolder {
  private final Map<String, Resource> all = new TreeMap<>();
  private final FhirContext context;
  private final Path folder;

  ResourceFolder(FhirContext context, Path folder) throws IOException {
    this.context = context;
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        String id = folder.relativize(file).toString().replaceFirst("\\.json$", "");
        all.put(id, (Resource) context.newJsonParser().parseResource(Files.readString(file)));
      }
    }
  }

  /** Ids of those that have that identifier. */
  List<String> find(String type, String system, String value) {
    return all.entrySet().stream()
        .filter(each -> each.getValue().fhirType().equals(type))
        .filter(
            each ->
                context
                    .newTerser()
                    .getValues(each.getValue(), type + ".identifier", Identifier.class)
                    .stream()
                    .anyMatch(it -> system.equals(it.getSystem()) && value.equals(it.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  void write(Map<String, Resource> resources) throws IOException {
    for (Map.Entry<String, Resource> each : resources.entrySet()) {
      Resource resource = each.getValue();
      resource.setId(each.getKey());
      Path file = folder.resolve(each.getKey() + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, context.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource));
      all.put(each.getKey(), resource);
    }
  }
}
