package org.osteon.image.isolated;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.image.Decoding;
import org.osteon.image.DicomFacts;
import org.osteon.image.DicomImage;
import org.osteon.image.ImageFault;
import org.osteon.image.ImageInfo;
import org.osteon.image.InputSpec;
import org.osteon.process.PipeText;

/**
 * What goes through the pipes of a decode process. One request and one answer at a time; whole
 * numbers are big-endian, texts are their length in bytes and UTF-8.
 *
 * <pre>
 * request   int height, int width, int resize, int length, the file
 * answer    0, info, the plane        decoded
 *           1, fault, message         refused
 * </pre>
 */
final class Wire {
  static final int DECODED = 0;
  static final int REFUSED = 1;

  /** A pipe's own size: larger writes would be copied whole before they begin. */
  private static final int CHUNK = 1 << 16;

  private Wire() {}

  static void request(DataOutputStream out, byte[] file, InputSpec spec) throws IOException {
    out.writeInt(spec.height());
    out.writeInt(spec.width());
    out.writeInt(spec.resize().ordinal());
    out.writeInt(file.length);
    for (int at = 0; at < file.length; at += CHUNK) {
      out.write(file, at, Math.min(CHUNK, file.length - at));
    }
    out.flush();
  }

  static InputSpec spec(DataInputStream in) throws IOException {
    int height = in.readInt();
    int width = in.readInt();
    return new InputSpec(height, width, InputSpec.Resize.values()[in.readInt()]);
  }

  static void refused(DataOutputStream out, Decoding.Rejected refusal) throws IOException {
    out.writeByte(REFUSED);
    PipeText.write(out, refusal.fault().name());
    PipeText.write(out, refusal.message());
  }

  static Decoding.Rejected refused(DataInputStream in) throws IOException {
    return new Decoding.Rejected(ImageFault.valueOf(PipeText.read(in)), PipeText.read(in));
  }

  static void info(DataOutputStream out, ImageInfo info) throws IOException {
    PipeText.write(out, info.contentType());
    out.writeInt(info.width());
    out.writeInt(info.height());
    DicomImage dicom = info.dicom();
    out.writeBoolean(dicom != null);
    if (dicom == null) {
      return;
    }
    for (String each : texts(dicom.facts())) {
      PipeText.write(out, each);
    }
    List<String> priorities = dicom.facts().requestedPriorities();
    out.writeInt(priorities.size());
    for (String each : priorities) {
      PipeText.write(out, each);
    }
    PipeText.write(out, dicom.greyRule());
    out.writeInt(dicom.frames());
  }

  static ImageInfo info(DataInputStream in) throws IOException {
    String contentType = PipeText.read(in);
    int width = in.readInt();
    int height = in.readInt();
    return new ImageInfo(contentType, width, height, in.readBoolean() ? dicom(in) : null);
  }

  private static @Nullable DicomImage dicom(DataInputStream in) throws IOException {
    String[] own = new String[8];
    for (int i = 0; i < own.length; i++) {
      own[i] = PipeText.read(in);
    }
    List<String> priorities = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      priorities.add(PipeText.read(in));
    }
    DicomFacts facts =
        new DicomFacts(own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7], priorities);
    return new DicomImage(facts, PipeText.read(in), in.readInt());
  }

  private static List<String> texts(DicomFacts facts) {
    return List.of(
        facts.sopClassUid(),
        facts.studyInstanceUid(),
        facts.seriesInstanceUid(),
        facts.sopInstanceUid(),
        facts.modality(),
        facts.bodyPart(),
        facts.laterality(),
        facts.viewPosition());
  }
}
