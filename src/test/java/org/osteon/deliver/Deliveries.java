package org.osteon.deliver;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.ImageSummary;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Region;
import org.osteon.event.Timing;
import org.osteon.identity.Original;

/** Made-up results of made-up people. */
public final class Deliveries {
  public static final String NAME = "INVENTED^IDA";
  public static final String NUMBER = "MRN-774411";

  private Deliveries() {}

  /** A result of that study and instance. */
  public static ClassificationResult result(
      String id, Finding finding, String study, String instance, @Nullable List<Region> regions) {
    boolean wrong = finding == Finding.DEFINITE || finding == Finding.CRITICAL;
    double abnormal = wrong ? 0.93 : finding == Finding.DOUBT ? 0.41 : 0.04;
    ClassificationResult.Builder result =
        ClassificationResult.newBuilder()
            .setResultId(id)
            .setEventId("event-" + id)
            .setStudyInstanceUid(study)
            .setSopInstanceUid(instance)
            .setFacility("ward-7")
            .setBodyPart("WRIST")
            .setLaterality("L")
            .setModality("DX")
            .setPriority(Priority.ROUTINE)
            .setLabel(wrong ? Label.FRACTURED : Label.HEALTHY)
            .setProbabilities(
                List.of(
                    new LabelProbability(Label.HEALTHY, 1 - abnormal),
                    new LabelProbability(Label.FRACTURED, abnormal - 0.01),
                    new LabelProbability(Label.BEYOND_REPAIR, 0.01)))
            .setAbnormalProbability(abnormal)
            .setConfidence(Math.max(abnormal, 1 - abnormal))
            .setDecision(finding == Finding.DOUBT ? Decision.REFER : Decision.REPORT)
            .setModel(new ModelRef("osteon-s", "5", "ab".repeat(32)))
            .setImage(new ImageSummary("cd".repeat(32), "application/dicom", 300, 200, null, null))
            .setTiming(new Timing(1L, 2L, 3L, 6L))
            .setBatchSize(1)
            .setProcessedAt(Instant.ofEpochMilli(1_790_000_000_000L))
            .setFinding(finding);
    if (finding == Finding.DOUBT) {
      result.setReferReason("DOUBT");
    }
    if (regions != null) {
      result.setRegions(regions);
    }
    return result.build();
  }

  /** Two boxes, the surest first. */
  public static List<Region> boxes() {
    return List.of(new Region(0.2, 0.3, 0.55, 0.6, 0.88), new Region(0.7, 0.1, 0.9, 0.25, 0.41));
  }

  /** Whose image it is, in the character set that most archives have. */
  public static Original original(String study, String series, String instance) {
    return new Original(
        study,
        series,
        instance,
        "1.2.840.10008.5.1.4.1.1.1.1",
        Map.of(
            Original.CHARACTER_SET, "ISO_IR 100",
            Original.PATIENT_NAME, NAME,
            Original.PATIENT_ID, NUMBER,
            Original.BIRTH_DATE, "19581123",
            Original.SEX, "F",
            Original.ACCESSION_NUMBER, "ACC556677",
            Original.STUDY_DATE, "20261101",
            Original.STUDY_TIME, "101530",
            Original.STUDY_ID, "S1",
            Original.INSTANCE_NUMBER, "2"));
  }
}
