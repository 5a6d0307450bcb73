/** How loud a track is right now, 0 (silence) to 1 (full), smoothed so that a meter moves like a voice. */
export class LevelMeter {
  private readonly context: AudioContext;
  private readonly analyser: AnalyserNode;
  private readonly samples: Float32Array<ArrayBuffer>;
  private smoothed = 0;

  constructor(track: MediaStreamTrack) {
    this.context = new AudioContext();
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(new MediaStream([track])).connect(this.analyser);
  }

  /** Reads the present level; call it once a frame. */
  read(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    const level = levelOf(Math.sqrt(sum / this.samples.length));
    this.smoothed = level > this.smoothed ? level : this.smoothed * 0.88 + level * 0.12;
    return this.smoothed;
  }

  close(): void {
    void this.context.close();
  }
}

/** Root mean square to a meter's scale: -60 dB is 0, -12 dB is 1. */
export function levelOf(rms: number): number {
  if (rms <= 0) return 0;
  const decibel = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, (decibel + 60) / 48));
}
