/** One request, as the mock's routes see it. */
export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
  bearer: string | undefined;
}

export interface Caller {
  user: string;
  name: string;
}
