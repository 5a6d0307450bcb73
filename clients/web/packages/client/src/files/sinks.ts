/** Where what is downloaded goes, in order. */
export interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Everything was written. */
  close(): Promise<void>;
  /** Nothing of it is kept. */
  abort(): Promise<void>;
}

/** Keeps it in memory, for what is shown and for what is small. */
export class MemorySink implements Sink {
  private pieces: Blob[] = [];

  /** What was written. @param type what it is taken for */
  blob(type: string): Blob {
    return new Blob(this.pieces, { type });
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.pieces.push(new Blob([bytes]));
  }

  async close(): Promise<void> {}

  async abort(): Promise<void> {
    this.pieces = [];
  }
}

/** Streams it to a file of this machine (File System Access API): what is there appears when all of it was written. */
export class DiskSink implements Sink {
  private stream: Promise<FileSystemWritableFileStream> | undefined;

  constructor(private readonly file: FileSystemFileHandle) {}

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await (await this.open()).write(bytes);
  }

  async close(): Promise<void> {
    await (await this.open()).close();
  }

  async abort(): Promise<void> {
    await (await this.stream)?.abort().catch(() => undefined);
  }

  private open(): Promise<FileSystemWritableFileStream> {
    return (this.stream ??= this.file.createWritable());
  }
}
