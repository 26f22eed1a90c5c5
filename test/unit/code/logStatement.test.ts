import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFrameMapper } from '../../../src/code/mapping';
import { createMemoryRepository, type Tree } from './memoryRepository';

const { signal } = new AbortController();

/** `§{` stands for the placeholder of JavaScript and Kotlin. */
async function find(message: string, tree: Tree, service: string | null = null) {
  const now = Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, text.replaceAll('§', '$')]));
  const { location, candidates, reason } = await createFrameMapper([createMemoryRepository({ now })]).mapLogMessage(
    message,
    { commit: null, service },
    signal,
  );
  return { at: location === null ? null : `${location.path}:${location.line}`, candidates: candidates.map(({ path }) => path), reason };
}

describe('Mapping a log message to the statement that wrote it', () => {
  const message = 'Charge 4711 was declined by acquirer north: insufficient funds';
  const statements: readonly [string, string, string][] = [
    ['templates of JavaScript', 'src/a.js', 'logger.warn(`Charge §{charge.id} was declined by acquirer §{name}: §{reason}`);'],
    ['util.format', 'src/a.js', "console.error('Charge %s was declined by acquirer %s: %s', id, name, reason);"],
    ['f-strings', 'a.py', 'log.warning(f"Charge {charge.id} was declined by acquirer {name!r}: {reason}")'],
    ['lazy logging of Python', 'a.py', 'log.warning("Charge %(id)s was declined by acquirer %s: %s", id, name, reason)'],
    ['SLF4J', 'A.java', 'log.warn("Charge {} was declined by acquirer {}: {}", id, name, reason);'],
    ['Go', 'a.go', 'log.Printf("Charge %d was declined by acquirer %v: %+v", id, name, err)'],
    ['Ruby', 'a.rb', 'logger.warn "Charge #{id} was declined by acquirer #{name}: #{reason}"'],
    ['.NET', 'A.cs', '_logger.LogWarning("Charge {ChargeId} was declined by acquirer {Name}: {Reason}", id, name, reason);'],
    ['Kotlin', 'A.kt', 'logger.warn("Charge $id was declined by acquirer §{a.name}: $reason")'],
    ['concatenation', 'src/a.js', "throw new Error('Charge ' + id + ' was declined by acquirer ' + name);"],
  ];
  for (const [kind, path, statement] of statements) {
    it(`understands ${kind}`, async () => {
      const { at, reason } = await find(message, { [path]: `x\n${statement}\n`, 'other.js': "log.info('Charge was accepted at once')\n" });
      assert.equal(at, `${path}:2`, reason);
    });
  }

  it('takes the text that says most', async () => {
    const now = { 'a.js': "log('was declined by')\n", 'b.js': 'log(`Charge §{id} was declined by acquirer §{name}`)\n' };
    assert.equal((await find(message, now)).at, 'b.js:1');
  });

  it('chooses none of two texts that are alike, but prefers that of the service', async () => {
    const text = 'log(`Charge §{id} was declined by acquirer §{name}`)\n';
    const now = { 'services/cart/a.js': text, 'services/payment/a.js': text };
    const { at, candidates } = await find(message, now);
    assert.equal(at, null);
    assert.deepEqual(candidates.sort(), Object.keys(now));
    assert.equal((await find(message, now, 'payment')).at, 'services/payment/a.js:1');
  });

  it('guesses nothing from one word', async () => {
    assert.equal((await find(message, { 'a.js': "const insufficient = 'insufficient';\n" })).at, null);
  });

  it('finds nothing in texts that are not in the message, or in another order', async () => {
    const now = { 'a.js': 'log(`was declined by §{x} Charge number`)\n', 'b.js': "log('Everything went well')\n" };
    assert.match((await find(message, now)).reason, /No text/);
  });

  it('never takes long for any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('%', '{', '}', '$'.concat('{'), '"', "'", '\\', 'a', ' ', '%s', '#{'), { maxLength: 300 }),
        async (parts) => {
          await find(parts.join(''), { 'a.js': `log("${parts.join('')}")\n` });
        },
      ),
    );
    const hostile = '$'.concat('{').repeat(50_000) + '%-'.repeat(50_000);
    assert.equal((await find(message, { 'a.js': `log("${hostile}\n` })).at, null);
  });
});
