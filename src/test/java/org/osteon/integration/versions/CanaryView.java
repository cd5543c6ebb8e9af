package org.osteon.integration.versions;

import org.osteon.model.ModelVersion;
import org.osteon.service.OsteonService;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Scrape;
import org.osteon.testing.hospital.Deployed;
import org.osteon.testing.hospital.Hospital;

/** What commands and metrics say of a canary. */
final class CanaryView {
  private CanaryView() {}

  static String decision(Hospital hospital) {
    return list(hospital)
        .lines()
        .filter(line -> line.startsWith("withdrawn "))
        .findFirst()
        .orElse("");
  }

  static String list(Hospital hospital) {
    return model(hospital, "list", Deployed.MODELS.toString(), "--deployed").out();
  }

  static CommandRun deploy(Hospital hospital, ModelVersion version, String share) {
    return model(hospital, "deploy", "--canary", "--share", share, version.folder().toString());
  }

  static boolean runs(OsteonService service) throws Exception {
    return !Scrape.of(service.httpPort()).of("osteon_canary_model").isEmpty();
  }

  static double image(OsteonService service, String fate) throws Exception {
    return value(service, "osteon_canary_images_total", "fate", fate);
  }

  static double change(OsteonService service, String change) throws Exception {
    return value(service, "osteon_canary_changes_total", "change", change);
  }

  private static double value(OsteonService service, String name, String label, String value)
      throws Exception {
    return Scrape.of(service.httpPort()).of(name).stream()
        .filter(sample -> value.equals(sample.labels().get(label)))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  static CommandRun model(Hospital hospital, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "model";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(hospital.settings, all);
  }
}
