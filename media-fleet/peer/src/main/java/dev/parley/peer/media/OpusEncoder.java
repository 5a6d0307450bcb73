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
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

/** Encodes mono speech to Opus with libopus, frames of 20 ms, each with its level. */
final class OpusEncoder implements AutoCloseable {
    /** Samples of one frame. */
    static final int FRAME_SAMPLES = 960;

    private static final int BITRATE_BPS = 32_000;

    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;

    OpusEncoder() {
        AVCodec codec = avcodec_find_encoder_by_name("libopus");
        if (codec == null || codec.isNull()) {
            throw new IllegalStateException("this FFmpeg has no libopus");
        }
        context = avcodec_alloc_context3(codec);
        AVRational tick = new AVRational();
        tick.num(1).den(Voice.SAMPLE_RATE);
        context.sample_rate(Voice.SAMPLE_RATE)
                .sample_fmt(AV_SAMPLE_FMT_S16)
                .bit_rate(BITRATE_BPS)
                .time_base(tick);
        av_channel_layout_default(context.ch_layout(), 1);
        av_opt_set(context.priv_data(), "application", "voip", 0);
        av_opt_set(context.priv_data(), "frame_duration", "20", 0);
        Vp8Encoder.check(avcodec_open2(context, codec, (PointerPointer<?>) null), "open libopus");
        frame = av_frame_alloc();
        frame.format(AV_SAMPLE_FMT_S16).sample_rate(Voice.SAMPLE_RATE).nb_samples(FRAME_SAMPLES);
        av_channel_layout_default(frame.ch_layout(), 1);
        Vp8Encoder.check(av_frame_get_buffer(frame, 0), "allocate a frame");
        packet = av_packet_alloc();
    }

    /** Encodes whole frames; what is left of the samples is dropped. */
    List<MediaFile.Frame> encode(short[] samples) {
        List<MediaFile.Frame> frames = new ArrayList<>();
        for (int at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
            Vp8Encoder.check(av_frame_make_writable(frame), "write to a frame");
            new ShortPointer(frame.data(0)).put(samples, at, FRAME_SAMPLES);
            frame.pts(at);
            Vp8Encoder.check(avcodec_send_frame(context, frame), "encode sound");
            int level = level(samples, at);
            while (avcodec_receive_packet(context, packet) >= 0) {
                byte[] data = new byte[packet.size()];
                packet.data().get(data);
                av_packet_unref(packet);
                frames.add(new MediaFile.Frame(true, level, data));
            }
        }
        return frames;
    }

    /** The level of one frame in -dBov (RFC 6464): 0 is the loudest, 127 silence. */
    static int level(short[] samples, int from) {
        double energy = 0;
        for (int i = from; i < from + FRAME_SAMPLES; i++) {
            double sample = samples[i] / 32768.0;
            energy += sample * sample;
        }
        double rms = Math.sqrt(energy / FRAME_SAMPLES);
        return rms <= 1e-6 ? 127 : Math.clamp(Math.round(-20 * Math.log10(rms)), 0, 127);
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
