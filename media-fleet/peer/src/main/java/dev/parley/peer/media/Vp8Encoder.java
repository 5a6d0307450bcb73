package dev.parley.peer.media;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Encodes pictures to VP8 with libvpx, fast, without delay, key frames where they are asked for. */
final class Vp8Encoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private long count;

    Vp8Encoder(int width, int height, int framesPerSecond, int bitrateBps) {
        AVCodec codec = avcodec_find_encoder_by_name("libvpx");
        if (codec == null || codec.isNull()) {
            throw new IllegalStateException("this FFmpeg has no libvpx");
        }
        context = avcodec_alloc_context3(codec);
        AVRational tick = new AVRational();
        tick.num(1).den(framesPerSecond);
        context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).time_base(tick);
        context.bit_rate(bitrateBps).rc_max_rate(bitrateBps).rc_buffer_size(bitrateBps / 2);
        context.gop_size(10_000).thread_count(1).qmin(8).qmax(50);
        av_opt_set(context.priv_data(), "deadline", "realtime", 0);
        av_opt_set(context.priv_data(), "cpu-used", "8", 0);
        av_opt_set(context.priv_data(), "lag-in-frames", "0", 0);
        av_opt_set(context.priv_data(), "auto-alt-ref", "0", 0);
        av_opt_set(context.priv_data(), "max-intra-rate", "400", 0);
        check(avcodec_open2(context, codec, (PointerPointer<?>) null), "open libvpx");
        frame = av_frame_alloc();
        frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
        check(av_frame_get_buffer(frame, 0), "allocate a frame");
        packet = av_packet_alloc();
    }

    /** Encodes one picture; empty when the encoder's rate control dropped it. */
    Optional<MediaFile.Frame> encode(Picture picture, boolean key) {
        check(av_frame_make_writable(frame), "write to a frame");
        copy(picture.luma(), 0, picture.width(), picture.height());
        copy(picture.blue(), 1, picture.width() / 2, picture.height() / 2);
        copy(picture.red(), 2, picture.width() / 2, picture.height() / 2);
        frame.pts(count++).pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        check(avcodec_send_frame(context, frame), "encode a picture");
        if (avcodec_receive_packet(context, packet) < 0) {
            return Optional.empty();
        }
        byte[] data = new byte[packet.size()];
        packet.data().get(data);
        av_packet_unref(packet);
        // Bit 0 of a VP8 frame's first byte is 0 for a key frame (RFC 6386 section 9.1).
        return Optional.of(new MediaFile.Frame((data[0] & 1) == 0, 127, data));
    }

    private void copy(byte[] plane, int index, int width, int height) {
        BytePointer to = frame.data(index);
        int stride = frame.linesize(index);
        for (int y = 0; y < height; y++) {
            to.position((long) y * stride).put(plane, y * width, width);
        }
    }

    static void check(int result, String what) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg cannot " + what + ": error " + result);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
