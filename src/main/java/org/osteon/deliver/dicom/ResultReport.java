package org.osteon.deliver.dicom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.osteon.deliver.destination.Delivery;
import org.osteon.deliver.terms.Code;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.DicomUid;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.LabelWords;
import org.osteon.event.Region;
import org.osteon.identity.Original;

/**
 * A result as an Imaging Measurement Report (PS3.16 TID 1500), as IHE's AI Results profile wants
 * it: what was found with its probabilities, each box as a region of the image, the version as the
 * device that observed.
 */
public final class ResultReport {
  /** Comprehensive SR Storage. */
  public static final String COMPREHENSIVE = "1.2.840.10008.5.1.4.1.1.88.33";

  /** Comprehensive 3D SR Storage, for those who take only that; the same content. */
  public static final String COMPREHENSIVE_3D = "1.2.840.10008.5.1.4.1.1.88.34";

  static final String KIND = "sr";

  private static final String CONCEPT = "HAS CONCEPT MOD";
  private static final String CONTEXT = "HAS OBS CONTEXT";

  private final ClassificationResult result;
  private final Original original;
  private final Delivery delivery;
  private final String imageClass;

  private ResultReport(Delivery delivery) {
    this.delivery = delivery;
    this.result = delivery.result();
    this.original = delivery.original();
    this.imageClass = ImageClass.of(delivery);
  }

  /** UID of the report of that result. */
  public static String uid(ClassificationResult result) {
    return Instances.uid(result, KIND);
  }

  /**
   * @param sopClass {@link #COMPREHENSIVE} or {@link #COMPREHENSIVE_3D}
   */
  public static DicomObject of(Delivery delivery, String sopClass) {
    return new ResultReport(delivery).object(sopClass);
  }

  private DicomObject object(String sopClass) {
    DicomObject object = Instances.begin(delivery, KIND, sopClass, "SR");
    Content.container(object, Code.dcm("126000", "Imaging Measurement Report"), content());
    return object
        .text(0x0008_103E, "LO", "Osteon: findings, preliminary")
        .text(0x0020_0011, "IS", "9701")
        .sequence(0x0008_1111)
        .sequence(0x0040_A372)
        .sequence(0x0040_A375, evidence())
        .sequence(0x0040_A504, Content.template("1500"))
        .text(0x0040_A491, "CS", "COMPLETE")
        .text(0x0040_A496, "CS", "PRELIMINARY")
        .text(0x0040_A493, "CS", "UNVERIFIED");
  }

  private DicomObject evidence() {
    DicomObject series =
        new DicomObject()
            .text(0x0020_000E, "UI", original.seriesUid())
            .sequence(0x0008_1199, Instances.reference(imageClass, original.instanceUid()));
    return new DicomObject()
        .text(0x0020_000D, "UI", original.studyUid())
        .sequence(0x0008_1115, series);
  }

  private List<DicomObject> content() {
    List<DicomObject> content = new ArrayList<>();
    content.add(
        Content.code(
            CONCEPT,
            Code.dcm("121049", "Language of Content Item and Descendants"),
            new Code("en", "RFC5646", "English")));
    content.addAll(observer());
    content.add(Content.code(CONCEPT, Code.dcm("121058", "Procedure reported"), Code.IMAGING));
    content.add(library());
    List<DicomObject> groups = new ArrayList<>();
    groups.add(whole());
    int number = 0;
    List<Region> regions = result.getRegions();
    for (Region each : regions == null ? List.<Region>of() : regions) {
      groups.add(region(each, ++number));
    }
    content.add(Content.container(Code.dcm("126010", "Imaging Measurements"), groups));
    content.add(words());
    return content;
  }

  /** TID 1002 and 1004: the version that answered. */
  private List<DicomObject> observer() {
    String sha256 = result.getModel().getSha256();
    String name = result.getModel().getName();
    return List.of(
        Content.code(CONTEXT, Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
        Content.uid(
            CONTEXT, Code.dcm("121012", "Device Observer UID"), DicomUid.of("model:" + sha256)),
        Content.text(CONTEXT, Code.dcm("121013", "Device Observer Name"), ascii(name)),
        Content.text(CONTEXT, Code.dcm("121014", "Device Observer Manufacturer"), Instances.MAKER),
        Content.text(
            CONTEXT,
            Code.dcm("121015", "Device Observer Model Name"),
            ascii(name + " " + result.getModel().getVersion())),
        Content.text(CONTEXT, Code.dcm("121016", "Device Observer Serial Number"), sha256));
  }

  /** TID 1600: which image it is about. */
  private DicomObject library() {
    DicomObject image =
        Content.image(Content.related("CONTAINS"), imageClass, original.instanceUid());
    return Content.container(
        Code.dcm("111028", "Image Library"),
        List.of(Content.container(Code.dcm("126200", "Image Library Group"), List.of(image))));
  }

  /** TID 1501: what is said of the whole image. */
  private DicomObject whole() {
    List<DicomObject> group = begin("", Code.of(result.getLabel()));
    double urgent = 0;
    for (LabelProbability each : result.getProbabilities()) {
      urgent = each.getLabel() == Label.BEYOND_REPAIR ? each.getProbability() : urgent;
    }
    group.add(Content.share(Code.CERTAINTY, result.getConfidence(), source()));
    group.add(Content.share(Code.ANYTHING_WRONG, result.getAbnormalProbability(), source()));
    group.add(Content.share(Code.URGENT, urgent, source()));
    return Content.container(Code.dcm("125007", "Measurement Group"), "1501", group);
  }

  /** TID 1410: a box, with how sure the model is of it. */
  private DicomObject region(Region region, int number) {
    Label seen = result.getLabel() == Label.HEALTHY ? Label.FRACTURED : result.getLabel();
    List<DicomObject> group = begin("-" + number, Code.of(seen));
    group.add(
        Content.box(
            Code.dcm("111030", "Image Region"),
            Corners.of(region, result.getImage()),
            Content.image(Content.related("SELECTED FROM"), imageClass, original.instanceUid())));
    group.add(Content.share(Code.CERTAINTY, region.getScore(), List.of()));
    return Content.container(Code.dcm("125007", "Measurement Group"), "1410", group);
  }

  private List<DicomObject> begin(String suffix, Code finding) {
    List<DicomObject> group = new ArrayList<>();
    String id = result.getResultId() + suffix;
    group.add(Content.text(CONTEXT, Code.dcm("112039", "Tracking Identifier"), id));
    group.add(
        Content.uid(
            CONTEXT, Code.dcm("112040", "Tracking Unique Identifier"), DicomUid.of("track:" + id)));
    group.add(Content.code("CONTAINS", Code.FINDING, finding));
    String part = result.getBodyPart();
    String side = result.getLaterality();
    Code.site(part == null ? "" : part)
        .ifPresent(
            site ->
                group.add(
                    Code.side(side == null ? "" : side)
                        .map(
                            code ->
                                Content.code(
                                    CONCEPT,
                                    Code.FINDING_SITE,
                                    site,
                                    Content.code(CONCEPT, Code.LATERALITY, code)))
                        .orElseGet(() -> Content.code(CONCEPT, Code.FINDING_SITE, site))));
    // TID 4019.
    group.add(
        Content.text(
            CONCEPT, Code.dcm("111001", "Algorithm Name"), ascii(result.getModel().getName())));
    group.add(
        Content.text(
            CONCEPT,
            Code.dcm("111003", "Algorithm Version"),
            ascii(result.getModel().getVersion())));
    group.add(
        Content.text(
            CONCEPT,
            Code.dcm("111002", "Algorithm Parameters"),
            "sha256=" + result.getModel().getSha256()));
    return group;
  }

  private List<DicomObject> source() {
    DicomObject item =
        Content.named("INFERRED FROM", "IMAGE", Code.dcm("121112", "Source of Measurement"));
    return List.of(Content.image(item, imageClass, original.instanceUid()));
  }

  /** What a person reads first. */
  private DicomObject words() {
    String words =
        result.getDecision() == Decision.REFER
            ? "Referred to a person: " + result.getReferReason() + "."
            : "The model sees: " + LabelWords.of(result.getLabel()) + ".";
    return Content.container(
        new Code("C0034375", "UMLS", "Qualitative Evaluations"),
        List.of(
            Content.code("CONTAINS", Code.STEP, Code.of(result.getFinding())),
            Content.text("CONTAINS", Code.dcm("121073", "Impression"), ascii(words)),
            Content.text("CONTAINS", Code.dcm("121106", "Comment"), Delivery.DISCLAIMER)));
  }

  /** Beside a name in whatever character set the archive has, ours is the part that all share. */
  private static String ascii(String text) {
    return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }
}
