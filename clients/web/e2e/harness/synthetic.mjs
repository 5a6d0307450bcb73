// Runs in the page before its scripts: camera, microphone and screen become sources that a test can recognise.
// The picture is a moving square under two rows of black and white blocks: a frame counter (16 bits), then the
// source's number and its complement (8 + 8 bits). The sound is one tone.

export const toneOf = (number) => 500 + 230 * number;
/** A person's screen is a source of its own. */
export const screenNumber = (number) => number + 100;
export const screenTone = (number) => toneOf(number) + 70;

export function synthesise({ number, tone, screen, screenTone, width, height, fps, realSound }) {
  const WIDTH = width ?? 640;
  const HEIGHT = height ?? 360;
  const FPS = fps ?? 15;

  const picture = (source) => {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const context = canvas.getContext("2d", { alpha: false });
    const block = WIDTH / 16;
    let counter = 0;
    const draw = () => {
      counter = (counter + 1) & 0xffff;
      context.fillStyle = `hsl(${(source * 47) % 360} 40% 45%)`;
      context.fillRect(0, 0, WIDTH, HEIGHT);
      const rows = [counter, (source << 8) | (~source & 0xff)];
      rows.forEach((bits, row) => {
        for (let bit = 0; bit < 16; bit++) {
          context.fillStyle = (bits >> (15 - bit)) & 1 ? "#fff" : "#000";
          context.fillRect(bit * block, row * block, block + 1, block + 1);
        }
      });
      context.fillStyle = "#fff";
      context.fillRect((counter * 8) % (WIDTH - block), HEIGHT - 2 * block, block, block);
    };
    draw();
    setInterval(draw, 1000 / FPS);
    return canvas.captureStream(FPS).getVideoTracks()[0];
  };

  let context;
  const sound = (hertz) => {
    context ??= new AudioContext();
    void context.resume();
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    const destination = context.createMediaStreamDestination();
    oscillator.frequency.value = hertz;
    gain.gain.value = 0.25;
    oscillator.connect(gain).connect(destination);
    oscillator.start();
    return destination.stream.getAudioTracks()[0];
  };

  const devices = navigator.mediaDevices;
  const own = (name, value) => Object.defineProperty(devices, name, { value, configurable: true });
  const real = devices.getUserMedia.bind(devices);
  own("getUserMedia", async (constraints) => {
    const tracks = [];
    // Firefox runs no AudioContext on a machine without a sound card; its fake microphone gives the tone there.
    if (constraints.audio)
      tracks.push(realSound ? (await real({ audio: true })).getAudioTracks()[0] : sound(tone));
    if (constraints.video) tracks.push(picture(number));
    return new MediaStream(tracks);
  });
  own("getDisplayMedia", async () => new MediaStream([picture(screen), sound(screenTone)]));
  own("enumerateDevices", async () => []);

  // The test may cut this page's WebSockets and keep new ones from connecting.
  const Real = window.WebSocket;
  const open = new Set();
  window.testSockets = {
    blocked: false,
    cut() {
      this.blocked = true;
      for (const socket of open) socket.close();
    },
    all() {
      return [...open];
    },
    heal() {
      this.blocked = false;
    },
  };
  window.WebSocket = class extends Real {
    constructor(address, protocols) {
      super(window.testSockets.blocked ? `ws://${location.host}/ws/nowhere` : address, protocols);
      open.add(this);
      this.addEventListener("close", () => open.delete(this));
    }
  };
}

/** Runs in the page: reads pictures and tones back out of what is shown and played. */
export function probe() {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext("2d", { willReadFrequently: true });

  const bitsOf = (pixels, row) => {
    let bits = 0;
    for (let bit = 0; bit < 16; bit++) {
      const at = ((row * 20 + 10) * 320 + bit * 20 + 10) * 4;
      bits = (bits << 1) | (pixels[at] + pixels[at + 1] + pixels[at + 2] > 384 ? 1 : 0);
    }
    return bits;
  };

  const read = (video) => {
    if (!video || video.videoWidth === 0) return undefined;
    context.drawImage(video, 0, 0, 320, 180);
    const pixels = context.getImageData(0, 0, 320, 180).data;
    const marks = bitsOf(pixels, 1);
    const number = marks >> 8;
    if ((number ^ 0xff) !== (marks & 0xff)) return undefined;
    return { number, counter: bitsOf(pixels, 0) };
  };

  const meeting = () => window.parleyTest?.meeting;
  const analysers = new Map();
  let audio;

  /** The same without a sound card: a second of each slot is recorded, decoded and searched for the tones. */
  const recordedTones = async (tracks, hertz) => {
    const loudest = Object.fromEntries(hertz.map((tone) => [tone, 0]));
    for (const track of tracks) {
      const recorder = new MediaRecorder(new MediaStream([track]));
      const parts = [];
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.start();
      await new Promise((done) => setTimeout(done, 1_000));
      await new Promise((done) => {
        recorder.onstop = done;
        recorder.stop();
      });
      const bytes = await new Blob(parts).arrayBuffer();
      const sound = await new OfflineAudioContext(1, 48_000, 48_000)
        .decodeAudioData(bytes)
        .catch(() => undefined);
      if (!sound) continue;
      const samples = sound.getChannelData(0).slice(-24_000);
      for (const tone of hertz) {
        const beside = [-60, -45, 45, 60].map((offset) => powerAt(samples, sound.sampleRate, tone + offset));
        const peak = powerAt(samples, sound.sampleRate, tone);
        const above = peak > -75 ? peak - Math.max(-120, ...beside) : 0;
        loudest[tone] = Math.max(loudest[tone], above);
      }
    }
    return loudest;
  };

  /** Power of one frequency in dB, by Goertzel's algorithm over a Hann window. */
  const powerAt = (samples, rate, hertz) => {
    const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
    let [now, before] = [0, 0];
    for (let i = 0; i < samples.length; i++) {
      const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
      [now, before] = [samples[i] * window + turn * now - before, now];
    }
    const power = (now * now + before * before - turn * now * before) / (samples.length / 4) ** 2;
    return 10 * Math.log10(power + 1e-15);
  };

  window.testProbe = {
    /** Every tile on the stage, by name: what it shows now. */
    pictures() {
      const names = new Map((meeting()?.participants ?? []).map((person) => [person.id, person.name]));
      return [...document.querySelectorAll("[data-participant]")].map((place) => {
        const video = place.querySelector("video");
        return {
          name: names.get(place.dataset.participant) ?? place.dataset.participant,
          source: place.dataset.source,
          state: place.dataset.state,
          shown: video.hasAttribute("data-shown"),
          width: video.videoWidth,
          height: video.videoHeight,
          frame: read(video) ?? null,
        };
      });
    },
    /** How far each tone stands out of the spectrum beside it, in dB, the most over all that can be heard. */
    async tones(hertz) {
      const tracks = meeting()?.diagnostics.audible;
      if (!tracks) return {};
      audio ??= new AudioContext();
      void audio.resume();
      if (audio.state !== "running") await new Promise((done) => setTimeout(done, 300));
      if (audio.state !== "running") return recordedTones(tracks, hertz);
      let filledAt = 0;
      for (const track of tracks) {
        if (analysers.has(track)) continue;
        const analyser = audio.createAnalyser();
        analyser.fftSize = 16384;
        analyser.smoothingTimeConstant = 0.3;
        audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        analysers.set(track, analyser);
        filledAt = audio.currentTime + analyser.fftSize / audio.sampleRate;
      }
      // An analyser that has not heard a whole window yet finds less than there is, at first nothing at all.
      while (audio.currentTime <= filledAt) await new Promise((done) => setTimeout(done, 20));
      const loudest = {};
      for (const analyser of tracks.map((track) => analysers.get(track))) {
        const spectrum = new Float32Array(analyser.frequencyBinCount);
        analyser.getFloatFrequencyData(spectrum);
        const bin = audio.sampleRate / analyser.fftSize;
        for (const tone of hertz) {
          const at = Math.round(tone / bin);
          const peak = Math.max(...spectrum.slice(at - 2, at + 3));
          const beside = [...spectrum.slice(at - 20, at - 6), ...spectrum.slice(at + 7, at + 21)];
          const ground = Math.max(-120, beside.sort((a, b) => a - b)[beside.length >> 1]);
          const above = Number.isFinite(peak) && peak > -75 ? peak - ground : 0;
          loudest[tone] = Math.max(loudest[tone] ?? 0, above);
        }
      }
      return loudest;
    },
    /**
     * Watches a tile and a tone until the returned function is called, which tells for how many milliseconds the longest pause of each was. A
     * pause goes on until something new is shown, or until the tone is back.
     */
    watchGaps(name, hertz) {
      audio ??= new AudioContext();
      void audio.resume();
      const longest = { picture: 0, sound: 0 };
      const since = { picture: performance.now(), sound: performance.now() };
      const hearing = new Map();
      let counter;
      const note = (what, arrived) => {
        const now = performance.now();
        longest[what] = Math.max(longest[what], now - since[what]);
        if (arrived) since[what] = now;
      };
      const isHeard = (track) => {
        let analyser = hearing.get(track);
        if (!analyser) {
          analyser = audio.createAnalyser();
          analyser.fftSize = 2048;
          analyser.smoothingTimeConstant = 0;
          audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
          hearing.set(track, analyser);
        }
        const samples = new Float32Array(analyser.fftSize);
        analyser.getFloatTimeDomainData(samples);
        return powerAt(samples, audio.sampleRate, hertz) > -50;
      };
      const look = () => {
        const tile = this.pictures().find((picture) => picture.name === name && picture.source === "camera");
        const now = tile?.shown ? tile.frame?.counter : undefined;
        note("picture", now !== undefined && now !== counter);
        counter = now ?? counter;
        note("sound", (meeting()?.diagnostics.audible ?? []).map(isHeard).some(Boolean));
      };
      const timer = setInterval(look, 40);
      return () => {
        clearInterval(timer);
        look();
        return { picture: Math.round(longest.picture), sound: Math.round(longest.sound) };
      };
    },
    /** RTP packets that went to the node and came from it, of everything together. */
    async packetsWithNode() {
      let sent = 0;
      let received = 0;
      for (const entry of (await meeting().diagnostics.session.pc.getStats()).values()) {
        if (entry.type === "outbound-rtp") sent += entry.packetsSent;
        if (entry.type === "inbound-rtp") received += entry.packetsReceived;
      }
      return { sent, received };
    },
    counters() {
      const { exchanges, negotiationNeeded, setRemoteDescription } = meeting().diagnostics;
      return { exchanges, negotiationNeeded, setRemoteDescription };
    },
  };
}
