package org.osteon.deliver;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.DeliverKeys;
import org.osteon.config.value.ConfigException;
import org.osteon.deliver.destination.Target;
import org.osteon.deliver.destination.TargetSettings;
import org.osteon.deliver.destination.TlsSettings;
import org.osteon.deliver.dicom.Committing;
import org.osteon.deliver.dicom.DicomTarget;
import org.osteon.deliver.dicom.StowSettings;
import org.osteon.deliver.dicom.StowTarget;
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
  private static final String STOW = "stow";
  private static final String TYPES = String.join("|", DICOM, STOW, HL7, FHIR);

  private TargetKinds() {}

  /**
   * @throws ConfigException the target cannot work
   */
  static void check(TargetSettings target) {
    switch (type(target)) {
      case HL7 -> Hl7Settings.of(target);
      case FHIR -> FhirSettings.of(target);
      case STOW -> {
        StowSettings.of(target);
        kinds(target);
      }
      default -> {
        peer(target, Duration.ofSeconds(1));
        kinds(target);
        terms(target);
      }
    }
    target.checkAllRead();
  }

  /**
   * @param pixels of events, for captures
   * @param committed told how each asking for storage commitment ended
   * @throws ConfigException its port is taken
   */
  static Target open(
      TargetSettings target, Settings settings, EventPixels pixels, Consumer<String> committed) {
    Duration patience = settings.get(DeliverKeys.TIMEOUT_MS);
    return switch (type(target)) {
      case HL7 -> new Hl7Target(Hl7Settings.of(target), patience);
      case FHIR -> new FhirTarget(FhirSettings.of(target), patience);
      case STOW -> new StowTarget(StowSettings.of(target), kinds(target), pixels::of, patience);
      default -> {
        Peer peer = peer(target, patience);
        yield new DicomTarget(peer, kinds(target), pixels::of, committing(target, peer, committed));
      }
    };
  }

  private static @Nullable Committing committing(
      TargetSettings target, Peer peer, Consumer<String> committed) {
    Committing.Terms terms = terms(target);
    if (terms == null) {
      return null;
    }
    try {
      return Committing.open(terms, peer, committed);
    } catch (IOException e) {
      throw new ConfigException(
          "deliver.targets.file: %s.commit.port cannot be listened on: give a free one."
              .formatted(target.name()),
          e);
    }
  }

  /** Null where commitment is not asked for. */
  private static Committing.@Nullable Terms terms(TargetSettings target) {
    String commit = target.word("commit", "off", "off|same|later");
    if (commit.equals("off")) {
      return null;
    }
    Duration patience = Duration.ofSeconds(target.number("commit.seconds", 30, 1, 3600));
    if (commit.equals("same")) {
      return new Committing.Terms(null, patience);
    }
    if (target.text("tls", "off").equals("on") && target.file("tls.keystore").isEmpty()) {
      throw new ConfigException(
          "deliver.targets.file: %s.commit=later over TLS needs a certificate of ours: set %s.tls.keystore."
              .formatted(target.name(), target.name()));
    }
    return new Committing.Terms(target.port("commit.port"), patience);
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
