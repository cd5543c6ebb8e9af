package org.osteon.image.dicom.frame;

import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.osteon.image.RejectedImageException;
import org.osteon.image.pixels.ByteReader;
import org.osteon.image.pixels.NativeImages;

/** JPEG-LS (ITU-T T.87) and JPEG 2000 (ITU-T T.800) frames at full depth, by FFmpeg. */
final class FfmpegFrame {
  /** Where a JPEG 2000 codestream says how many bits its first component has (section A.5.1). */
  private static final int SSIZ = 42;

  static {
    NativeImages.load();
    // What it prints about broken files is said by the dead letter.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
  }

  private FfmpegFrame() {}

  static int[] jpegLs(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    CodestreamHeader.jpegLs(frame, pixels);
    return decode(avcodec.AV_CODEC_ID_JPEGLS, frame, pixels, pixels.stored());
  }

  static int[] jpeg2000(byte[] frame, ImagePixels pixels) throws RejectedImageException {
    Jpeg2000Header.check(frame, pixels);
    int bits = (new ByteReader(frame, ByteOrder.BIG_ENDIAN).u8(SSIZ) & 0x7F) + 1;
    return decode(avcodec.AV_CODEC_ID_JPEG2000, frame, pixels, bits);
  }

  private static int[] decode(int id, byte[] frame, ImagePixels pixels, int bits)
      throws RejectedImageException {
    AVCodec codec = avcodec.avcodec_find_decoder(id);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame picture = avutil.av_frame_alloc();
    try {
      context.thread_count(1);
      // A cut file must fail, not be painted grey.
      context.err_recognition(avcodec.AV_EF_EXPLODE | avcodec.AV_EF_CRCCHECK);
      check(avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      check(avcodec.av_new_packet(packet, frame.length));
      packet.data().position(0).put(frame);
      check(avcodec.avcodec_send_packet(context, packet));
      check(avcodec.avcodec_receive_frame(context, picture));
      return pixels.samples() == 1 ? values(picture, pixels, bits) : luminances(picture, pixels);
    } finally {
      avutil.av_frame_free(picture);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }

  private static int[] values(AVFrame picture, ImagePixels pixels, int bits)
      throws RejectedImageException {
    int depth = depth(picture.format());
    if (depth < bits) {
      throw RejectedImageException.corrupt("The compressed pixels are not what the header claims.");
    }
    checkSize(picture, pixels);
    int columns = pixels.columns();
    int[] values = new int[pixels.pixels()];
    byte[] row = new byte[columns * (depth > 8 ? 2 : 1)];
    BytePointer data = picture.data(0);
    // FFmpeg moves fewer bits than its picture has to the top.
    int shift = depth - bits;
    int low = pixels.highBit() - pixels.stored() + 1;
    for (int y = 0; y < pixels.rows(); y++) {
      data.position((long) y * picture.linesize(0)).get(row);
      for (int x = 0; x < columns; x++) {
        int sample = depth > 8 ? (row[2 * x] & 0xFF) | (row[2 * x + 1] & 0xFF) << 8 : row[x] & 0xFF;
        values[y * columns + x] = pixels.value((sample >> shift) << low);
      }
    }
    return values;
  }

  /** Of colours of 8 bits; the decoder has taken back JPEG 2000's own transforms. */
  private static int[] luminances(AVFrame picture, ImagePixels pixels)
      throws RejectedImageException {
    checkSize(picture, pixels);
    boolean together =
        switch (picture.format()) {
          case avutil.AV_PIX_FMT_RGB24 -> true;
          case avutil.AV_PIX_FMT_YUV444P, avutil.AV_PIX_FMT_YUV422P, avutil.AV_PIX_FMT_YUV420P ->
              false;
          default ->
              throw RejectedImageException.unsupported(
                  "Compressed colours of more than 8 bits are not read.");
        };
    boolean red = together && pixels.photometric() != ImagePixels.Photometric.YBR_FULL;
    int step = together ? 3 : 1;
    int[] values = new int[pixels.pixels()];
    byte[] row = new byte[pixels.columns() * step];
    BytePointer data = picture.data(0);
    for (int y = 0; y < pixels.rows(); y++) {
      data.position((long) y * picture.linesize(0)).get(row);
      for (int x = 0; x < pixels.columns(); x++) {
        int at = x * step;
        values[y * pixels.columns() + x] =
            red ? DicomSamples.luminance(row[at], row[at + 1], row[at + 2]) : row[at] & 0xFF;
      }
    }
    return values;
  }

  private static void checkSize(AVFrame picture, ImagePixels pixels) throws RejectedImageException {
    if (picture.width() != pixels.columns() || picture.height() != pixels.rows()) {
      throw RejectedImageException.corrupt("The compressed pixels are not what the header claims.");
    }
  }

  /** Bits of a grey picture's values. */
  private static int depth(int format) throws RejectedImageException {
    return switch (format) {
      case avutil.AV_PIX_FMT_GRAY8 -> 8;
      case avutil.AV_PIX_FMT_GRAY10LE -> 10;
      case avutil.AV_PIX_FMT_GRAY12LE -> 12;
      case avutil.AV_PIX_FMT_GRAY14LE -> 14;
      case avutil.AV_PIX_FMT_GRAY16LE -> 16;
      default ->
          throw RejectedImageException.corrupt(
              "The compressed pixels are not what the header claims.");
    };
  }

  private static void check(int status) throws RejectedImageException {
    if (status == avutil.AVERROR_PATCHWELCOME()) {
      throw RejectedImageException.unsupported("Compressed pixels of this kind are not read.");
    }
    if (status < 0) {
      throw RejectedImageException.corrupt("The compressed pixels cannot be decoded.");
    }
  }
}
