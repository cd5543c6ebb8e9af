package org.osteon.deliver;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.osteon.config.ConfigException;
import org.osteon.config.DeliverKeys;
import org.osteon.config.Settings;
import org.osteon.deliver.destination.Target;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TlsSettings;
import org.osteon.deliver.dicom.DicomTarget;
import org.osteon.deliver.fhir.FhirSettings;
import org.osteon.deliver.fhir.FhirTarget;
import org.osteon.deliver.hl7.Hl7Settings;
import org.osteon.deliver.hl7.Hl7Target;
import org.osteon.dimse.Peer;

/** The kinds of target, by their {@code type}. */
final class TargetKinds {
  private static final String DICOM = "dicom";
  private static final String HL7 = "hl7";
  private static final String FHIR = "fhir";
  private static final String TYPES = String.join("|", DICOM, HL7, FHIR);

  private TargetKinds() {}

  /**
   * @throws ConfigException the target cannot work
   */
  static void check(TargetSettings target) {
    switch (type(target)) {
      case HL7 -> Hl7Settings.of(target);
      case FHIR -> FhirSettings.of(target);
      default -> {
        peer(target, Duration.ofSeconds(1));
        kinds(target);
      }
    }
    target.checkAllRead();
  }

  /**
   * @param pixels of events, for captures
   */
  static Target open(TargetSettings target, Settings settings, EventPixels pixels) {
    Duration patience = settings.get(DeliverKeys.TIMEOUT_MS);
    return switch (type(target)) {
      case HL7 -> new Hl7Target(Hl7Settings.of(target), patience);
      case FHIR -> new FhirTarget(FhirSettings.of(target), patience);
      default -> new DicomTarget(peer(target, patience), kinds(target), pixels::of);
    };
  }

  private static String type(TargetSettings target) {
    return target.word("type", "none", TYPES);
  }

  private static Peer peer(TargetSettings target, Duration patience) {
    SSLContext tls = TlsSettings.of(target);
    return new Peer(
        target.required("host"),
        target.port("port"),
        title(target, "title", target.required("title")),
        title(target, "calling", target.text("calling", "OSTEON")),
        patience,
        target.word("tls", "off", "off|on").equals("on") ? tls : null);
  }

  private static String title(TargetSettings target, String key, String title) {
    if (!title.matches("[ -\\[\\]-~]{1,16}")) {
      throw new ConfigException(
          "deliver.targets.file: %s.%s is no AE title: give up to 16 characters."
              .formatted(target.name(), key));
    }
    return title;
  }

  private static Set<DicomTarget.Kind> kinds(TargetSettings target) {
    return switch (target.word("objects", "report+capture", "report\\+capture|report|capture")) {
      case "report" -> EnumSet.of(DicomTarget.Kind.REPORT);
      case "capture" -> EnumSet.of(DicomTarget.Kind.CAPTURE);
      default -> EnumSet.allOf(DicomTarget.Kind.class);
    };
  }
}
