/** Plays two soft notes on the chosen speaker. */
export async function playTestSound(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  if (speakerId && "setSinkId" in context) {
    await (context as AudioContext & { setSinkId(id: string): Promise<void> })
      .setSinkId(speakerId)
      .catch(() => undefined);
  }
  const note = (frequency: number, at: number) => {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.2, at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.55);
  };
  note(523.25, context.currentTime + 0.05);
  note(783.99, context.currentTime + 0.3);
  setTimeout(() => void context.close(), 1_200);
}
