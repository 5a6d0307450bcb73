// The wire between a program and the object store, as a proxy: it counts what passes, and holds it when a test says so.
import { createServer, request } from "node:http";
import { connect } from "node:net";

export class Wire {
  /** Bytes of content that passed, of ranged replies alone: files are fetched in ranges, nothing else is. */
  passed = 0;
  #server;
  #holdAt = Infinity;
  #held = new Set();

  /** The port where it listens. */
  async open() {
    this.#server = createServer((incoming, reply) => this.#pass(incoming, reply));
    // A WebSocket is asked for as of its server itself, whose name stands in the header.
    this.#server.on("upgrade", (incoming, near, head) => {
      const { hostname, port } = new URL(`http://${incoming.headers.host}`);
      const far = connect(Number(port || 80), hostname, () => {
        const headers = incoming.rawHeaders.flatMap((name, at, all) =>
          at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : [],
        );
        far.write([`GET ${incoming.url} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
        far.write(head);
        far.pipe(near).pipe(far);
      });
      far.on("error", () => near.destroy());
      near.on("error", () => far.destroy());
    });
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
    return this.#server.address().port;
  }

  /** Lets so many bytes pass, and holds what comes after them. */
  holdAt(bytes) {
    this.#holdAt = bytes;
    if (this.passed < bytes) for (const source of this.#held) source.resume();
    this.#held.clear();
  }

  #pass(incoming, reply) {
    const { hostname, port, pathname, search } = new URL(incoming.url);
    const onward = request(
      { hostname, port, path: pathname + search, method: incoming.method, headers: incoming.headers },
      (answer) => {
        reply.writeHead(answer.statusCode, answer.headers);
        if (answer.statusCode !== 206) return answer.pipe(reply);
        answer.on("data", (bytes) => {
          this.passed += bytes.length;
          if (!reply.write(bytes)) {
            answer.pause();
            reply.once("drain", () => this.#held.has(answer) || answer.resume());
          }
          if (this.passed >= this.#holdAt) {
            answer.pause();
            this.#held.add(answer);
          }
        });
        answer.on("end", () => reply.end());
      },
    );
    onward.on("error", () => reply.destroy());
    reply.on("close", () => onward.destroy());
    incoming.pipe(onward);
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
