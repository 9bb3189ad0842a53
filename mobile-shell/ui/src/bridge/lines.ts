/** Cuts a stream of bytes into lines. The rest after the last line break waits for more. */
export async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const pieces = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = pieces.pop() ?? "";
    yield* pieces;
  }
}
