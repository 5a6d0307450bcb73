import type { RosterEntry } from "../media/messages";

/** A synthetic participant: a drawn picture that moves, with a name. */
export class MockPerson {
  readonly entry: RosterEntry;
  private readonly canvas = document.createElement("canvas");
  private readonly stream: MediaStream;
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(name: string, index: number, camera = true) {
    this.entry = {
      participant: `p_${index}`,
      user: `u_${index}`,
      name,
      role: "participant",
      csrc: 100 + index,
      sources: [
        { source: "microphone", muted: index % 3 === 1 },
        { source: "camera", muted: !camera },
        { source: "screen", muted: true },
      ],
      hand: false,
      connection: "good",
    };
    this.canvas.width = 640;
    this.canvas.height = 360;
    this.stream = this.canvas.captureStream(12);
    const hue = (index * 67) % 360;
    let tick = 0;
    this.timer = setInterval(() => this.draw(hue, tick++), 80);
    this.draw(hue, 0);
  }

  get track(): MediaStreamTrack {
    return this.stream.getVideoTracks()[0]!;
  }

  close(): void {
    clearInterval(this.timer);
    this.track.stop();
  }

  private draw(hue: number, tick: number): void {
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d")!;
    const sway = Math.sin(tick / 12 + hue) * 10;
    const wall = context.createLinearGradient(0, 0, width, height);
    wall.addColorStop(0, `hsl(${hue} 22% 62%)`);
    wall.addColorStop(1, `hsl(${(hue + 30) % 360} 26% 38%)`);
    context.fillStyle = wall;
    context.fillRect(0, 0, width, height);
    context.fillStyle = `hsl(${(hue + 20) % 360} 20% 74% / 0.5)`;
    context.fillRect(60, 40, 120, 150);
    const centre = width / 2 + sway;
    context.fillStyle = `hsl(${(hue + 180) % 360} 30% 32%)`;
    context.beginPath();
    context.ellipse(centre, 372, 150, 130, 0, Math.PI, 0);
    context.fill();
    context.fillStyle = "hsl(24 38% 66%)";
    context.fillRect(centre - 22, 222, 44, 50);
    context.beginPath();
    context.ellipse(centre + sway / 3, 170, 58, 72, 0, 0, Math.PI * 2);
    context.fill();
    context.fillStyle = `hsl(${hue} 18% 18%)`;
    context.beginPath();
    context.ellipse(centre + sway / 3, 138, 64, 50, 0, Math.PI, 0);
    context.fill();
  }
}

/** A picture of a shared document. */
export function mockScreenTrack(): MediaStreamTrack {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 720;
  const context = canvas.getContext("2d")!;
  let tick = 0;
  const draw = () => {
    context.fillStyle = "#fdfdfc";
    context.fillRect(0, 0, 1280, 720);
    context.fillStyle = "#20242c";
    context.font = "600 44px sans-serif";
    context.fillText("Quarterly plan", 80, 120);
    context.font = "24px sans-serif";
    ["Goals and owners", "What changed since March", "Open questions"].forEach((line, i) =>
      context.fillText(`${i + 1}.  ${line}`, 84, 190 + i * 48),
    );
    for (let bar = 0; bar < 8; bar++) {
      const tall = 90 + 60 * Math.sin(bar + tick / 20) + bar * 18;
      context.fillStyle = bar === 7 ? "#3f5bd9" : "#c3cbe8";
      context.fillRect(640 + bar * 68, 620 - tall, 44, tall);
    }
    tick += 1;
  };
  draw();
  setInterval(draw, 200);
  return canvas.captureStream(5).getVideoTracks()[0]!;
}
